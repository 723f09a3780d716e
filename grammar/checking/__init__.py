"""What is wrong with a tune, what levels of validity it reaches, and a page on every code."""
