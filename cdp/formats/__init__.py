"""How days and times are written, the same on every page of a language."""
