"""The wire out: RSS, Atom and their kin."""
