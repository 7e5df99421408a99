"""Requests to machines that are not ours, at addresses that people or programs have given."""
