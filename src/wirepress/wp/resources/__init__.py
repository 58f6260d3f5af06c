"""One declarative file a resource."""
