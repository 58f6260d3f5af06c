"""Block types, and dynamic blocks rendered for the editor."""
