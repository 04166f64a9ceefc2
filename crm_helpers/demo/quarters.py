"""Campaign dates: one campaign for each purpose a quarter, far enough apart for their outcomes."""

import datetime as dt

import numpy as np

from crm_helpers.demo.clock import day_number

# The quarters with campaigns, oldest first.
QUARTERS = tuple((year, quarter) for year in (2024, 2025, 2026) for quarter in (1, 2, 3, 4))[:11]
CAMPAIGN_DATES = tuple(dt.date(y, 3 * q - 2, 20) for y, q in QUARTERS)
# Contacts go out at nine in the morning.
CAMPAIGN_DAYS = np.array([day_number(date) + 0.42 for date in CAMPAIGN_DATES])
OUTCOME_DAYS = 30


def campaign_name(purpose: str, campaign: int) -> str:
    """Name of a campaign.

    >>> campaign_name("retention", 0)
    'RETENTION-2024Q1'
    """
    year, quarter = QUARTERS[campaign]
    return f"{purpose.upper()}-{year}Q{quarter}"
