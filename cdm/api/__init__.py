"""The API of customer data management (S3): snake_case out, both spellings in."""
