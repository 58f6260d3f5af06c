"""Themes: how the readers' site looks.  A theme is a folder; what is in it is read here, whole and within bounds."""
