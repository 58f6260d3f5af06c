"""Comments: `reading` browses them, `writing` creates, changes and deletes them, `moderation` decides which wait."""
