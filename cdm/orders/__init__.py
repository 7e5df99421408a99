"""Orders: what a source says of them, whose they are, and how they come in from files."""
