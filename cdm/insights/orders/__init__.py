"""Order lines out of files, as arrays."""
