"""The verbs of duplicates: one file each."""
