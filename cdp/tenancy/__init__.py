"""The three walls around a tenant: scoped queries, row-level security, composite foreign keys."""
