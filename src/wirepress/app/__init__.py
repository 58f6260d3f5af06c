"""The composition root, the ASGI application and the worker."""
