"""Menus: `classic` ones, which are terms with places in a theme, and their `entries`, which are posts."""
