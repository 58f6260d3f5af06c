"""Widgets, the sidebars in which they stand, and their kinds."""
