"""The only way out: fetching with bounds, the gate against private addresses, mail."""
