"""What is wrong with a tune, where, and in which words."""
