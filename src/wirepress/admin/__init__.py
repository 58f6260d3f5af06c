"""HTML for editors."""
