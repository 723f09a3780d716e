"""A trained network that writes tunes in a page: its data, and the scripts that read them."""
