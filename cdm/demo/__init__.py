"""The demo companies' working day: families, talk, shopping, deals and what is to be done."""
