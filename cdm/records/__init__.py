"""What callers say about the agent's working day, validated: the shapes every way in shares."""
