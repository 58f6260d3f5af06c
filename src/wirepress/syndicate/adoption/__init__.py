"""Adoption: posts that aggregators have brought elsewhere, and that have come with an import, get the origins that they
would have had if a source of ours had brought them."""
