"""Target profiles, brands, budgets."""
