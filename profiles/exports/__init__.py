"""Lists of customers as files, made by a worker."""
