"""Verbs of the agent's working day; one file each."""
