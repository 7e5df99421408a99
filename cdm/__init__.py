"""The agent's working day: Customer 360."""
