"""What changed this quarter, what the reports found, what to do now."""
