"""A small press of our own: feeds, a listing without a feed, and articles with the dirt of real ones."""
