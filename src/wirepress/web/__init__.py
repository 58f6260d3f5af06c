"""What all that answers over HTTP shares."""
