"""Post types, taxonomies, statuses and roles: WordPress's own (`core`, `roles`) and a site's (`custom_types`)."""
