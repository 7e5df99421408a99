"""The pages of imports: choose a file, map its columns, see what would happen, watch, take back."""
