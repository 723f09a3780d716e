"""What does not last as long as the metre says."""
