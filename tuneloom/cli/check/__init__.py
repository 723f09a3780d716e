"""`tuneloom check`, and the forms in which it reports."""
