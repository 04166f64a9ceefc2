"""Charts and numbers -> reports, lists, mail and the ledger."""
