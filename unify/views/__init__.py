"""The pages of matching: review, merge, take back, watch, explain."""
