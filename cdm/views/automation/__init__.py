"""Pages of rules, and of what calling changed."""
