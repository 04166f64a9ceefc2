"""When it is too late, in words for a reader."""

import numpy as np
import pandas as pd

from crm_helpers.page.numerals import number


def too_late_in_words(bands: pd.DataFrame) -> str:
    """Heading on when it is too late to win a customer back.

    Parameters
    ----------
    bands : DataFrame, one row per band, in order of days
        from_days, net, net_low and net_high (money per 100 contacts, expected, at least, at most).
    """
    pays = bands["net"] > 0
    if not pays.any():
        return "Winning back is not expected to pay, however short customers have been away"
    last = int(np.flatnonzero(pays.to_numpy())[-1])
    if last == len(bands) - 1:
        if bands["net_low"].iloc[-1] <= 0:
            return "It is not shown from when on it is too late: all bands may pay"
        return "It is not too late yet: a contact pays in the longest band as well"
    days = number(bands["from_days"].iloc[last + 1])
    sure = " for sure" if (bands["net_high"].iloc[last + 1 :] < 0).all() else ", as far as is known"
    return f"After {days} days without an order a contact no longer pays{sure}"
