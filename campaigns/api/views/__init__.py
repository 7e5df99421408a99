"""The views of the API of campaigns."""
