"""Robust rules on payments: what was known of each payment -> which rules it breaks."""

import numpy as np
import pandas as pd

# Codes of the rules, in the order in which a case is named by the first it breaks.
BURST, AMOUNT, DEVICE, REFUNDS = "burst", "unusual amount", "new device", "refund loop"
BURST_BEFORE = 2
FEWEST_BEFORE = 3
FAR_RATIO, FAR_DEVIATIONS = 3.0, 3.0
NEW_DEVICE_RATIO = 2.0
LOOP_BEFORE = 3


def broken_rules(rows: pd.DataFrame) -> pd.DataFrame:
    """Rules that each payment breaks; the limits are fixed beforehand, no label is looked at.

    A rule whose columns the source lacks is broken by no payment. Amounts are compared with
    the median and the spread of the customer's own earlier payments, once there are three.

    Parameters
    ----------
    rows : DataFrame, one row per payment
        As given by `features.payments.payment_features`.

    Returns
    -------
    DataFrame of bool, one row per payment, index of `rows`, one column per rule
    """
    before = _number(rows, "customer_count")
    ratio, score = _number(rows, "amount_ratio"), _number(rows, "amount_score")
    refund = rows["is_refund"].to_numpy(dtype=bool)
    fast = np.fmax(_number(rows, "card_hour_count"), _number(rows, "device_hour_count"))
    known = (before >= FEWEST_BEFORE) & ~refund
    unusual = known & (ratio >= FAR_RATIO) & ~(score < FAR_DEVIATIONS)
    foreign = _flag(rows, "is_new_device") & (before >= 1) & (ratio >= NEW_DEVICE_RATIO) & ~refund
    loop = refund & (_number(rows, "customer_refund_count") >= LOOP_BEFORE)
    found = {BURST: fast >= BURST_BEFORE, AMOUNT: unusual, DEVICE: foreign, REFUNDS: loop}
    return pd.DataFrame(found, index=rows.index)


def kind_of_case(broken: pd.DataFrame) -> pd.Series:
    """First rule that each payment breaks, in the order of the columns; empty where none.

    Parameters
    ----------
    broken : DataFrame of bool, one row per payment, one column per rule

    Returns
    -------
    Series of str, index of `broken`
    """
    first = broken.to_numpy().argmax(axis=1)
    names = broken.columns.to_numpy()[first]
    return pd.Series(np.where(broken.any(axis=1), names, ""), index=broken.index)


def _number(rows: pd.DataFrame, column: str) -> np.ndarray:
    if column not in rows:
        return np.full(len(rows), np.nan)
    return rows[column].to_numpy(dtype=float, na_value=np.nan)


def _flag(rows: pd.DataFrame, column: str) -> np.ndarray:
    return _number(rows, column) == 1
