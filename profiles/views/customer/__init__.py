"""One customer: the 360° page and what can be done there."""
