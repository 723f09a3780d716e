"""The site that is made from docs/: its navigation, and the pages made from code."""
