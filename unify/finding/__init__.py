"""Finding duplicates: in the index of keys for one customer, in batches for all."""
