"""Comments: `reading` browses them, `writing` says, changes and puts them away, `moderation` decides which wait."""
