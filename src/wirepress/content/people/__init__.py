"""Users: `users` browses, gets, creates, changes and deletes them, `resetting` gives a new password for a lost one."""
