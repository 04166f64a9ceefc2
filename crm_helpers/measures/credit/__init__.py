"""Credits and outcomes -> rates by class, money, fairness, weight of evidence."""
