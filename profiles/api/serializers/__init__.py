"""What the customer API takes and answers; the bodies of customers themselves are profiles.records."""
