"""Words of the fraud report: rules by their code, predictors as phrases for reasons."""

import re

from crm_helpers.models.fraud.rules import AMOUNT, BURST, DEVICE, REFUNDS
from crm_helpers.page.numerals import counted
from crm_helpers.page.phrases import Phrase

NOTHING = "nothing stands out by itself"
LONG_HOURS = 48

RULE_WORDS = {
    BURST: "three or more payments by one card or device within two hours",
    AMOUNT: "an amount far above the customer's own history",
    DEVICE: "a device new to the customer, and an amount above the usual",
    REFUNDS: "refund after refund to one customer within four months",
}

FRAUD_PHRASES = (
    Phrase(
        "payments in quick succession",
        ("card_hour_count", "device_hour_count", "card_day_count", "device_day_count"),
        (
            ("card_hour_count", "earlier payments by the card in two hours: {card_hour_count:.0f}"),
            ("device_hour_count", "earlier payments by the device: {device_hour_count:.0f}"),
        ),
    ),
    Phrase(
        "amount against the customer's own history",
        (
            "amount_ratio",
            "amount_score",
            "customer_amount_median",
            "customer_amount_mean",
            "customer_amount_deviation",
        ),
        (
            ("amount_ratio", "{amount_ratio:.1f} times the customer's usual amount"),
            ("amount", "no earlier amount to compare with"),
        ),
    ),
    Phrase("amount", ("amount", "is_round"), (("amount", "amount of {amount:,.0f}"),)),
    Phrase(
        "refunds to the customer",
        (
            "customer_refund_count",
            "customer_refund_share",
            "customer_shop_refund_count",
            "is_refund",
        ),
        (
            (
                "customer_refund_count",
                "earlier refunds to the customer in four months: {customer_refund_count:.0f}",
            ),
            ("is_refund", "a refund to nobody known"),
        ),
    ),
    Phrase(
        "new device",
        ("is_new_device", "device_age_hours"),
        (
            ("device_age_hours", "device in use for {device_age_hours:,.0f} hours"),
            ("is_new_device", "a device never used before"),
        ),
    ),
    Phrase(
        "new card",
        ("is_new_card", "card_age_hours"),
        (
            ("card_age_hours", "card in use for {card_age_hours:,.0f} hours"),
            ("is_new_card", "a card never used before"),
        ),
    ),
    Phrase(
        "time since the customer's last payment",
        (
            "customer_hours_since_last",
            "customer_day_count",
            "customer_week_count",
            "customer_count",
            "is_new_shop",
        ),
        (
            (
                "customer_hours_since_last",
                "{customer_hours_since_last:,.0f} hours after the customer's last payment",
            ),
            ("customer_count", "the customer's first payment"),
        ),
    ),
    Phrase(
        "refunds at the shop",
        ("shop_refund_share",),
        (("shop_refund_share", "{shop_refund_share:.0%} of the shop's payments are refunds"),),
    ),
    Phrase("hour of the day", ("hour_of_day",), (("hour_of_day", "paid at {hour_of_day:.0f}:00"),)),
)


def telling(reasons: str, count: int) -> str:
    """First reasons that tell something, with long times in days.

    That something did not happen before is no reason that an investigator could look into.

    Parameters
    ----------
    reasons : str
        As given by `reasons_in_words`, the strongest first.
    count : int

    Returns
    -------
    str, empty where none tells anything

    Examples
    --------
    >>> telling("earlier payments by the card in two hours: 0; device in use for 72 hours", 2)
    'device in use for 3 days'
    """
    told = [one for one in reasons.split("; ") if not one.endswith(": 0")]
    return re.sub(r"([\d,]+) hours\b", _in_days, "; ".join(told[:count]))


def _in_days(found: re.Match[str]) -> str:
    hours = int(found.group(1).replace(",", ""))
    if hours == 0:
        return "less than an hour"
    return counted(hours, "hour") if hours < LONG_HOURS else counted(round(hours / 24), "day")
