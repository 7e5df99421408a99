"""The summary of each customer: how it is made of the tables, and when."""
