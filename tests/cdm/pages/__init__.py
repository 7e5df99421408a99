"""The pages of the agent's working day."""
