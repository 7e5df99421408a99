"""Records side by side, what would be kept of each, and what is posted to choose otherwise."""
