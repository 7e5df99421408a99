"""The pages of searches, the model and the settings."""
