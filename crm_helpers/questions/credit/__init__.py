"""Which credit class each applicant is in, and on which terms we sell to them."""
