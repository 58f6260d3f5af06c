"""Users and their application passwords."""
