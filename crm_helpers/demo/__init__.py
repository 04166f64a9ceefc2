"""A fictional company with planted truth: parameters and a seed -> source tables and the truth beside them."""
