"""WordPress's npm clients against a running server."""
