"""The points card: what is known of a customer, as whole points that add up."""
