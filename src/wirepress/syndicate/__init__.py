"""The wire in: sources, schedule, parse, extract, clean, decide, take."""
