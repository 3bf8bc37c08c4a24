"""The text of each topic of the manual; `contents` lists them."""
