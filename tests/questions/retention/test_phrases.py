"""When it is too late, in words."""

import pandas as pd

from crm_helpers.questions.retention.phrases import too_late_in_words


def bands(net: list[float], high: list[float]) -> pd.DataFrame:
    return pd.DataFrame({"net": net, "net_high": high, "from_days": [100, 200, 300][: len(net)]})


def test_too_late_begins_after_the_last_band_that_pays():
    assert too_late_in_words(bands([5, 2, -1], [9, 9, -0.5])) == (
        "After 300 days without an order a contact no longer pays for sure"
    )
    assert too_late_in_words(bands([5, -2, -1], [9, 1, 2])).endswith("as far as is known")


def test_it_may_never_pay_or_never_be_too_late():
    assert too_late_in_words(bands([-5, -2], [1, 1])).startswith("Winning back is not expected")
    assert too_late_in_words(bands([5, 2], [9, 9])).startswith("It is not too late yet")
