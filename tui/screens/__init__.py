"""One module a screen; a screen holds only what is selected."""
