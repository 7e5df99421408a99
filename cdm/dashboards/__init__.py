"""What the dashboards show, read in a constant number of statements."""
