"""The WordPress REST API: the only room that speaks its wire."""
