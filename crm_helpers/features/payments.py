"""Payments as of a date -> one row per payment, each described by strictly earlier payments."""

import datetime as dt

import ibis
import ibis.expr.types as ir

from crm_helpers.features import windows
from crm_helpers.features.payment_history import DAY, HOUR, MOMENT, Past

CONTRACT = (
    "payment_id customer_id paid_at amount kind shop_id device_id card_id is_fraud labelled_on "
    "sampled_at_random"
).split()
ROUND_TO = 10


def payment_features(payments: ir.Table, *, as_of: dt.date) -> ir.Table:
    """What was known of each payment the moment before it was made, and the label known by as_of.

    Everything about a payment is told by payments of earlier seconds; a payment without a
    card, say, has empty columns about cards. Columns that the source lacks are left out,
    and without a date only the attributes of the payment itself are there.

    Parameters
    ----------
    payments : Table, one row per payment or claim
        Columns payment_id, [customer_id], [paid_at], [amount], [kind], [shop_id], [device_id],
        [card_id], [is_fraud], [labelled_on], [sampled_at_random], attributes.
    as_of : date
        Payments after it are left out, labels known after it are empty.

    Returns
    -------
    Table, one row per payment, sorted by payment
        payment_id : str, the payment or claim
        [paid_at] : timestamp, time of the payment
        [customer_id] : str
        [shop_id] : str, shop of the payment
        [device_id] : str, device it was made with; links payments, no model sees it
        [card_id] : str, card it was made with; links payments, no model sees it
        [amount] : float, currency, amount of the payment
        is_refund : bool, money given back
        age_days : int, days from the payment to as_of
        [label_age_days] : int, days from the label to as_of; empty where not known by then
        [is_fraud] : bool, empty where nobody knew by as_of
        [labelled_on] : date, day it was known
        [sampled_at_random] : bool, examined because chance picked it
        hour_of_day : int, 0 to 23
        is_round : bool, a whole number of tens
        customer_count : int, earlier payments of the customer
        customer_day_count : int, the customer's payments of the last 24 hours
        customer_week_count : int, the customer's payments of the last 7 days
        customer_amount_median : float, currency, median of the customer's earlier payments
        customer_amount_mean : float, currency, mean of the customer's earlier payments
        customer_amount_deviation : float, currency, standard deviation of these
        amount_ratio : float, amount / median of the customer's earlier payments
        amount_score : float, deviations from the customer's mean
        customer_hours_since_last : float, hours since the customer's last payment
        customer_refund_count : int, refunds to the customer in the last 120 days
        customer_refund_share : float, value of these / value paid in those days
        customer_shop_refund_count : int, refunds to the customer at this shop, 365 days
        card_hour_count : int, earlier payments by the card in the last 2 hours
        card_day_count : int, earlier payments by the card in the last 24 hours
        card_age_hours : float, hours since first use of the card; empty at first use
        device_hour_count : int, earlier payments by the device in the last 2 hours
        device_day_count : int, earlier payments by the device in the last 24 hours
        device_age_hours : float, hours since first use of the device; empty at first use
        is_new_card : bool, first use of the card by the customer
        is_new_device : bool, first use of the device by the customer
        is_new_shop : bool, first payment of the customer at the shop
        shop_refund_share : float, refunds / payments at the shop in the last 30 days
        and attributes : columns of the source beyond the contract
    """
    seen = payments
    if "paid_at" in payments.columns:
        seen = windows.up_to(payments, as_of, "paid_at")
    seen = _labels_known(seen, as_of)
    own = [name for name in CONTRACT if name in seen.columns and name != "kind"]
    rest = [name for name in seen.columns if name not in CONTRACT]
    rows = seen.mutate(is_refund=_is_refund(seen), **_amount(seen))
    if "paid_at" not in seen.columns:
        return rows.select(*own, "is_refund", *rest).order_by("payment_id")
    rows = rows.mutate(**{MOMENT: rows.paid_at.cast("timestamp").epoch_seconds()})
    made = {**_of_ages(rows, as_of), **_of_itself(rows), **_of_customer(rows)}
    made = {**made, **_of_cards(rows), **_of_shop(rows)}
    return rows.select(*own, "is_refund", *rest, **made).order_by("payment_id")


def _labels_known(payments: ir.Table, as_of: dt.date) -> ir.Table:
    if not {"is_fraud", "labelled_on"} <= set(payments.columns):
        return payments
    known = windows.known_labels(payments, as_of, label="is_fraud", known_on="labelled_on")
    return windows.dated_by(known, as_of, "labelled_on")


def _is_refund(rows: ir.Table) -> ir.Value:
    if "kind" not in rows.columns:
        return ibis.literal(False)
    return (rows.kind == "refund").fill_null(False)


def _amount(rows: ir.Table) -> dict[str, ir.Value]:
    return {"amount": rows.amount.cast("float64")} if "amount" in rows.columns else {}


def _of_ages(rows: ir.Table, as_of: dt.date) -> dict[str, ir.Value]:
    made = {"age_days": windows.days_before(rows.paid_at, as_of)}
    if "labelled_on" in rows.columns:
        made["label_age_days"] = windows.days_before(rows.labelled_on, as_of)
    return made


def _of_itself(rows: ir.Table) -> dict[str, ir.Value]:
    made = {"hour_of_day": rows.paid_at.cast("timestamp").hour().cast("int64")}
    if "amount" in rows.columns:
        cents = (rows.amount * 100).round().cast("int64")
        made["is_round"] = (cents % (100 * ROUND_TO) == 0) & (cents > 0)
    return made


def _of_customer(rows: ir.Table) -> dict[str, ir.Value]:
    if "customer_id" not in rows.columns:
        return {}
    past = Past(rows, ("customer_id",))
    made = {
        "customer_count": past.count(),
        "customer_day_count": past.count(seconds=DAY),
        "customer_week_count": past.count(seconds=7 * DAY),
        "customer_hours_since_last": past.seconds_since_last() / HOUR,
        "customer_refund_count": past.count(rows.is_refund, seconds=120 * DAY),
    }
    if "shop_id" in rows.columns:
        at_shop = Past(rows, ("customer_id", "shop_id"))
        made["customer_shop_refund_count"] = at_shop.count(rows.is_refund, seconds=365 * DAY)
        made["is_new_shop"] = at_shop.count() == 0
    return {**made, **(_of_amounts(rows, past) if "amount" in rows.columns else {})}


def _of_amounts(rows: ir.Table, past: Past) -> dict[str, ir.Value]:
    paid = rows.is_refund.ifelse(ibis.null("float64"), rows.amount)
    back = rows.is_refund.ifelse(rows.amount, ibis.literal(0.0))
    median, mean, deviation = past.median(paid), past.mean(paid), past.deviation(paid)
    returned = past.total(back, seconds=120 * DAY)
    bought = past.total(paid.fill_null(0.0), seconds=120 * DAY)
    return {
        "customer_amount_median": median,
        "customer_amount_mean": mean,
        "customer_amount_deviation": deviation,
        "amount_ratio": rows.amount / median.nullif(0),
        "amount_score": (rows.amount - mean) / deviation.nullif(0),
        "customer_refund_share": returned / bought.nullif(0),
    }


def _of_cards(rows: ir.Table) -> dict[str, ir.Value]:
    made: dict[str, ir.Value] = {}
    for name in ("card", "device"):
        key = f"{name}_id"
        if key not in rows.columns:
            continue
        past = Past(rows, (key,))
        made[f"{name}_hour_count"] = past.count(seconds=2 * HOUR)
        made[f"{name}_day_count"] = past.count(seconds=DAY)
        made[f"{name}_age_hours"] = past.seconds_since_first() / HOUR
        if "customer_id" in rows.columns:
            made[f"is_new_{name}"] = Past(rows, ("customer_id", key)).count() == 0
    return made


def _of_shop(rows: ir.Table) -> dict[str, ir.Value]:
    if "shop_id" not in rows.columns:
        return {}
    past = Past(rows, ("shop_id",))
    refunds = past.count(rows.is_refund, seconds=30 * DAY)
    return {"shop_refund_share": refunds / past.count(seconds=30 * DAY).nullif(0)}
