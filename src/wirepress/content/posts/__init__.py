"""Posts of every type.

`reading` browses and gets, `publishing` creates, updates and publishes, `trash` puts away, restores and deletes,
`revisions` keeps what a post was; `changes` is what a write gives, and `dating`, `naming`, `cleaning`, `assigning`
decide what becomes of its dates, slug, texts and terms.
"""
