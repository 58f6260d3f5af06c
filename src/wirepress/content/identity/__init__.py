"""Who asks, and what they may: `authentication` by `passwords` and `application_passwords` (`attempts` count failures),
`sessions` by cookie, `nonces`, `post_passwords`; the `viewer` that comes of it, and their `permissions`.
"""
