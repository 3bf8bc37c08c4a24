"""Messages: drafting them, the reason of a check-in, and handing a text to other programs."""
