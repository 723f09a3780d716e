"""The one spelling of each thing, and the formatter that writes it."""
