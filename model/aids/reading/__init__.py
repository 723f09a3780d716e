"""What is known of tunes after each of their characters, many tunes side by side."""
