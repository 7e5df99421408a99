"""Telling people and programs: mail and webhooks."""
