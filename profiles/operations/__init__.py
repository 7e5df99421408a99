"""The verbs of customers: one file each; every one runs in a transaction and writes its audit entry."""
