"""Front caches: what they are told of each answer and of each write."""
