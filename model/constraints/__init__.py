"""What a draw may write next."""
