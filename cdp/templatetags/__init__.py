"""What the layout of the pages needs."""
