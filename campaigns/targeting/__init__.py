"""From a target profile to the customers it meets."""
