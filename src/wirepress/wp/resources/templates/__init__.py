"""Templates, their parts and revisions."""
