"""Documents of the wire read into the nouns of `model.wire`: one file a format."""
