"""The canonical spelling of each element, and the formatter that writes it."""
