"""Posts of every type.

`reading` browses and gets, `publishing` creates, updates and publishes, `schedule` publishes what is due, `trash` puts
away and deletes, `revisions` keeps what a post was; `changes` is what a write gives, and `dating`, `naming`,
`cleaning`, `assigning` decide what becomes of its dates, slug, texts and terms.
"""
