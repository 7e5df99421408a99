"""PostgreSQL and Valkey of our own for a machine that has neither, and what `make run` is made of."""
