"""What a collection is made of: tables and charts."""
