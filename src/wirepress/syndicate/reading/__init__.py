"""The kinds of sources: one module each, under the name that `SourceKind` has for it (docs/add-a-source-kind.md)."""
