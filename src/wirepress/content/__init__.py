"""The verbs: browse, get, create, update, publish, trash; permissions, identity, media, options."""
