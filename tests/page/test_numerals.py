import datetime as dt
from decimal import Decimal

import pandas as pd
import pytest

from crm_helpers.page import numerals as n

SPACE = n.HARD_SPACE


@pytest.mark.parametrize("unknown", [None, float("nan"), pd.NA, pd.NaT, float("inf")])
def test_what_is_not_known_is_a_dash_in_every_form(unknown: object) -> None:
    said = {n.number(unknown), n.money(unknown, "EUR"), n.percent(unknown), n.per_hundred(unknown)}
    assert said == {"–"}


def test_a_negative_number_has_a_minus_and_no_negative_zero() -> None:
    assert n.number(-1234) == "−1,234"
    assert n.number(-0.2) == "0"


def test_decimals_are_said_to_the_cent() -> None:
    assert n.money(Decimal("8911407.90"), "GBP", 2) == f"8,911,407.90{SPACE}GBP"


def test_an_amount_without_currency_is_a_plain_number() -> None:
    assert n.money(5, "") == "5"


@pytest.mark.parametrize(
    ("share", "said"),
    [(0.5, "50"), (0.055, "5.5"), (0.0004, "0.040"), (0.999, "99.9"), (1.2, "120"), (-0.1, "−10")],
)
def test_a_share_is_never_rounded_to_nothing_or_everything(share: float, said: str) -> None:
    assert n.percent(share) == f"{said}{SPACE}%"


def test_a_count_of_a_hundred_grows_its_base_for_rare_things() -> None:
    assert n.per_hundred(0) == "0 of 100"
    assert n.per_hundred(1, "customers") == "100 of 100 customers"
    assert n.per_hundred(0.0012) == "1 of 1,000"


def test_an_open_period_is_a_dash() -> None:
    assert n.period(None, dt.date(2011, 9, 30)) == "–"
