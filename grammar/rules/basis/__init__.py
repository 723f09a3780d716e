"""What the rules share: the rule itself, and ties, repeats and slurs."""
