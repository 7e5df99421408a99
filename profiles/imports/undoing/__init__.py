"""Taking back what an import has written, and leaving alone what was changed since."""
