"""What a reader's address shows: `rules` read it, `archive` finds the `page` behind it, `redirects` leads to its own
address, `oembed` tells other sites of it.
"""
