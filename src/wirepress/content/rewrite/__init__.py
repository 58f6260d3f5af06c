"""What a path and its query ask for, by the site's permalinks (WP_Rewrite, WP::parse_request): `rules` read paths,
`words` the query, a `target` is what comes out.
"""
