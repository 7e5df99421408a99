"""Pages of the agent's working day."""
