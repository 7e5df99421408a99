"""What is done on a customer's page."""
