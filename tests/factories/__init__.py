"""Factories; those of tenant models run inside an active tenant."""
