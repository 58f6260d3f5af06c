"""The settings of a site as screens show them: what fields there are, what they may hold, what a change means.

`fields` has the nouns, `pages` the fields of every screen, `choices` what can be chosen, `checks` what is refused,
`consequences` what a change does to addresses.
"""
