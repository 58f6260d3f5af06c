"""What the block editor asks of a server."""
