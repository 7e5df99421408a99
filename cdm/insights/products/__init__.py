"""What to offer: what a customer usually buys, and what is new to them."""
