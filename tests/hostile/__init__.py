"""What hostile texts and requests may take: `python -m tests.hostile`."""
