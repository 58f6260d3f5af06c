"""What the site's people keep in place of the theme's own: `customisations` (templates, styles) and `fonts`."""
