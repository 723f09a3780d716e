"""What the rules share: the rule itself, and bars, ties, repeats and slurs."""
