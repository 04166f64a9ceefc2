"""Short data: payments + periods asked for -> periods that the payments can hold."""

from dataclasses import replace

import numpy as np
import pandas as pd

from crm_helpers.models.fraud.model import (
    LATE,
    OUTCOME,
    REVIEW,
    TEST,
    TRAIN,
    VALIDATION,
    Periods,
    payment_roles,
)

# Days that must be left to learn from.
LEAST_DAYS = 28


def periods_within(rows: pd.DataFrame, periods: Periods, *, least: int) -> Periods:
    """Periods as asked for; shorter ones where the payments go back too few days for them.

    Where not even these hold enough labels, there is no test in time, and cases are tested by
    cross-validation.

    Parameters
    ----------
    rows : DataFrame, one row per payment
        age_days : int; label_age_days : int, missing where there is no label; is_fraud
    periods : Periods
    least : int
        Fewest labels of either kind, in the test and before it.

    Returns
    -------
    Periods
    """
    days = int(rows["age_days"].max()) + 1 if len(rows) else 0
    if days >= periods.test_begin + periods.test_days + LEAST_DAYS:
        return periods
    label_days = min(periods.label_days, days // 4)
    test_days = max(1, min(periods.test_days, (days - label_days) // 3))
    asked = (periods.label_days, periods.test_days)
    short = replace(periods, label_days=label_days, test_days=test_days, asked=asked)
    role = payment_roles(rows, short)
    parts = (role == TEST, role.isin([TRAIN, VALIDATION]))
    return replace(short, in_time=all(_fewest(rows[part]) >= least for part in parts))


def roles_by_folds(rows: pd.DataFrame, periods: Periods) -> pd.Series:
    """Roles where nothing is tested in time: all that was examined is tested by folds.

    Parameters
    ----------
    rows : DataFrame, one row per payment
        age_days : int; is_fraud, missing where not examined
    periods : Periods

    Returns
    -------
    Series of str, index of `rows`
        test, review (not examined, of the latest days) or late
    """
    is_new = rows["age_days"].to_numpy(dtype=float) < periods.review_days
    role = np.select([rows[OUTCOME].notna(), is_new], [TEST, REVIEW], LATE)
    return pd.Series(role, index=rows.index)


def _fewest(rows: pd.DataFrame) -> int:
    return int(min(rows[OUTCOME].eq(True).sum(), rows[OUTCOME].eq(False).sum()))
