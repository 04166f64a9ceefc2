"""CRM report suite: customer tables in, reports, lists and mail out."""
