"""The planted truth: modules and pieces -> truth.json, truth tables, TRUTH.md."""
