"""Blocks: their grammar, what WordPress adds to saved ones, and the dynamic ones."""
