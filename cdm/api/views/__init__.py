"""What answers the addresses of customer data management."""
