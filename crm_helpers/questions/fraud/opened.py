"""How much fraud the opened cases hold: a detection -> known, estimated by audits, a year's."""

import pandas as pd

from crm_helpers.measures.fraud.fraud_count import FraudCount, fraud_count
from crm_helpers.measures.value.capacity import opened
from crm_helpers.page.numerals import number
from crm_helpers.questions.fraud.detection import TOGETHER, Detection
from crm_helpers.questions.fraud.payments import is_dated

YEAR_DAYS = 365
FEWEST_AUDITED = 3


def in_opened(found: Detection, way: str = TOGETHER) -> FraudCount:
    """Frauds among the payments of the test that one way of looking would have had opened."""
    return count_of(found.test[found.opened(way)])


def count_of(rows: pd.DataFrame) -> FraudCount:
    """Frauds among payments: known ones, and all of them by the random audit.

    Parameters
    ----------
    rows : DataFrame, one row per payment
        is_fraud, missing where not examined; [sampled_at_random]

    Returns
    -------
    FraudCount
    """
    drawn = rows.get("sampled_at_random", pd.Series(False, index=rows.index))
    return fraud_count(rows["is_fraud"], drawn.astype("boolean"))


def all_examined(rows: pd.DataFrame) -> bool:
    """True where nothing is left to be found out: every payment was examined."""
    return bool(rows["is_fraud"].notna().all())


def most_findable(found: Detection) -> int:
    """Known frauds of the test that so many cases could hold at most, whoever chose them."""
    test = found.test
    fraud = test["is_fraud"].eq(True).fillna(False).astype(int)
    held = fraud.groupby(test["case"]).transform("sum")
    most = found.capacity.cases_per_day * test["period_days"]
    best = opened(held, test["period"], cases_per_day=most, case=test["case"])
    return int(fraud[best].sum())


def in_a_year(rows: pd.DataFrame, label_days: int) -> FraudCount | None:
    """Frauds of the latest year whose labels have had their time; None without dates.

    Parameters
    ----------
    rows : DataFrame, one row per payment
    label_days : int
        Days within which most labels arrive.

    Returns
    -------
    FraudCount or None
    """
    if not is_dated(rows):
        return None
    age = rows["age_days"]
    return count_of(rows[(age >= label_days) & (age < label_days + YEAR_DAYS)])


def of_hundred(one: FraudCount) -> str:
    """How many of 100 payments are fraud, in words: what is known, and what audits say.

    Parameters
    ----------
    one : FraudCount

    Returns
    -------
    str
    """
    if one.payments == one.known + one.honest:
        return f"{_hundred(one.share)} of 100 are fraud"
    low, high = _hundred(one.low / one.payments), _hundred(one.high / one.payments)
    if one.audited < FEWEST_AUDITED:
        return f"{low} to {high} of 100 are fraud (too few were examined at random to say more)"
    return f"{_hundred(one.share)} of 100 ({low} to {high}) are fraud"


def frauds_in_words(one: FraudCount) -> str:
    """Frauds that payments hold, in words; the limits alone where hardly any was audited.

    Parameters
    ----------
    one : FraudCount

    Returns
    -------
    str
    """
    if one.low == one.high:
        return number(one.low)
    between = f"{number(one.low)} to {number(one.high)}"
    if one.audited_fraud < FEWEST_AUDITED:
        return between
    return f"some {number(round(one.estimate))} ({between})"


def _hundred(share: float) -> str:
    return number(100 * share)
