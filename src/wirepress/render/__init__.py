"""Raw text to HTML as WordPress does it; no I/O."""
