"""The API of rules, and of what agents say about recommendations."""
