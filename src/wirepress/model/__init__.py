"""The nouns: what the other rooms speak of. Standard library only."""
