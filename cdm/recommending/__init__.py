"""Recommendations out of the database: read and written set-wise, computed by `cdm.insights`."""
