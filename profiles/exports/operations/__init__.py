"""What can be done with exports."""
