"""Posts of every type that the API serves."""
