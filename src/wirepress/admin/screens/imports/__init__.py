"""Importing a WordPress site: what can come, a look at it, the import as it goes, and those that were."""
