"""The Font Library: families of fonts, their faces, and the collections that these are chosen from."""
