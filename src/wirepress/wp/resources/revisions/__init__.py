"""Revisions and autosaves of posts."""
