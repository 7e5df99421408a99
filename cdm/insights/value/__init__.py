"""What a customer is worth: expected orders times their expected value, as amounts only."""
