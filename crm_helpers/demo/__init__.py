"""A fictional company with planted truth: a size and a seed -> source tables, truth beside them."""
