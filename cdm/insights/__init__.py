"""Who to call, what to offer, when, and what a customer is worth: pure, without models or database."""
