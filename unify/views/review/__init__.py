"""The review queue: one case per screen, the list of cases, many at once."""
