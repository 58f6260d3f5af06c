"""Wirepress: a news-publishing server that speaks the WordPress REST API."""

__version__ = "0.2.0"
