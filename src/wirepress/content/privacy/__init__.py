"""What the site holds of a person: shown to them, and erased."""
