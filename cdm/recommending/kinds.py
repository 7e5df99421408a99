"""Kinds of reasons for a product."""

BOUGHT_BEFORE, TOGETHER, POPULAR, SECOND, LOOKED_AT = "usual", "together", "popular", "second", "looked_at"
