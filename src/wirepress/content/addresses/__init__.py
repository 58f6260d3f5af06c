"""What a reader's address shows: `rules` read it, `archive` finds the `page` behind it, `redirects` lead to its own
address, `oembed` describes it to other sites.
"""
