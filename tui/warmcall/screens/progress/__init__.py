"""Progress: the figures of the search, those people whom a figure is about, and who led to whom."""
