"""Users: `users` browses, gets, makes, changes and removes them, `resetting` gives a lost password anew."""
