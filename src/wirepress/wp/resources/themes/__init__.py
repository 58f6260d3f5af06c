"""The theme and its global styles."""
