"""Classic menus and their `entries`."""
