"""What a reader's address shows: `archive` finds the `page` behind what `content.rewrite` read in it, `redirects` lead
to its own address, `oembed` describes it to other sites.
"""
