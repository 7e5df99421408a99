"""Words and shapes of the customer pages."""
