"""Statistics of a collection, as tables and charts."""
