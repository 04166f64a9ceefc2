"""When it is too late, in words."""

import pandas as pd

from crm_helpers.questions.retention.phrases import too_late_in_words


def bands(net: list[float], high: list[float]) -> pd.DataFrame:
    days = [100, 200, 300][: len(net)]
    low = [2 * n - h for n, h in zip(net, high, strict=True)]
    return pd.DataFrame({"net": net, "net_low": low, "net_high": high, "from_days": days})


def test_too_late_begins_after_the_last_band_that_pays():
    assert too_late_in_words(bands([5, 2, -1], [9, 9, -0.5])) == (
        "After 300 days without an order a contact no longer pays for sure"
    )
    assert too_late_in_words(bands([5, -2, -1], [9, 1, 2])).endswith("as far as is known")


def test_it_may_never_pay_or_never_be_too_late():
    assert too_late_in_words(bands([-5, -2], [1, 1])).startswith("Winning back is not expected")
    assert too_late_in_words(bands([5, 2], [9, 3])).startswith("It is not too late yet")


def test_it_is_not_said_to_pay_where_chance_alone_would_show_it():
    words = too_late_in_words(bands([5, 2], [9, 9]))
    assert words == "It is not shown from when on it is too late: all bands may pay"
