"""What the readers' site makes of blocks beyond what the API says of them: see docs/blocks.md."""
