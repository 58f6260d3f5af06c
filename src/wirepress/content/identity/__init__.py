"""Who asks, and what they may: `authentication`, `sessions`, `passwords`, `application_passwords`, `nonces`,
`attempts`, `post_passwords`; the `viewer` that comes of it, and the `permissions` of WordPress's capability table.
"""
