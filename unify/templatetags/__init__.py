"""Words of the pages about duplicates."""
