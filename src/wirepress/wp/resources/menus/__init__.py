"""Entries of classic menus, and their places in the theme."""
