"""Forms of the platform's own pages."""
