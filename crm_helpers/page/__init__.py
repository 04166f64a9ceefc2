"""What a page is made of: numbers in words, sections, findings, lists -> one report."""
