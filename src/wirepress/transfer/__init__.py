"""Import and export of whole sites."""
