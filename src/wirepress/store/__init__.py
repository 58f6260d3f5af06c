"""What is kept: tables, migrations, queries, full-text search, files. Knows SQL, not the wire."""
