"""Tiny canonical tables, one per table of the design, for laws that hold for every feature."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

import ibis
import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa

AS_OF = dt.date(2024, 6, 30)

#: Values for parameters of feature functions; they fit the dates of the tiny tables.
PARAMETERS = {
    "as_of": AS_OF,
    "observation_days": 120,
    "outcome_days": 30,
    "repeat_days": 30,
    "min_orders": 1,
    "margin_share": 0.35,
}


@dataclass(frozen=True)
class TinyTable:
    """Rows of one canonical table: its types, its dates, and what a later row may look like.

    `fresh` names the key columns for which a row added later gets a value of its own.
    """

    rows: list[tuple]
    schema: dict[str, str]
    fresh: tuple[str, ...] = ()
    dates: tuple[str, ...] = field(default=())

    def frame(self) -> pd.DataFrame:
        """Rows as a frame of plain objects."""
        return pd.DataFrame(self.rows, columns=list(self.schema), dtype=object)

    def arrow(self, frame: pd.DataFrame | None = None) -> pa.Table:
        """Rows, or those of another frame, in the canonical types."""
        frame = self.frame() if frame is None else frame
        return _arrow({name: list(frame[name]) for name in self.schema}, self.schema)

    def table(self) -> ir.Table:
        """Rows as an Ibis table of the canonical types."""
        return ibis.memtable(self.arrow())


def _arrow(columns, schema):
    arrow = ibis.schema(schema).to_pyarrow()
    arrays = [
        pa.array([_value(value, schema[name]) for value in columns[name]], arrow.field(name).type)
        for name in schema
    ]
    return pa.table(arrays, schema=arrow)


def _value(value, dtype):
    if value is None or pd.isna(value):
        return None
    return Decimal(value) if dtype.startswith("decimal") else value


def at(day: str, hour: int = 12) -> dt.datetime:
    """Time on a day of 2024, written month-day."""
    return dt.datetime.fromisoformat(f"2024-{day}").replace(hour=hour)


def on(day: str) -> dt.date:
    """Day of 2024, written month-day."""
    return dt.date.fromisoformat(f"2024-{day}")


ID, TEXT, FLAG, WHOLE, MONEY = "string", "string", "boolean", "int64", "decimal(18, 4)"
DAY, TIME = "date", "timestamp(6)"

TINY = {
    "customers": TinyTable(
        [
            ("a", on("01-10"), 1980, "f", "north", "nurse", "web", True, True),
            ("b", on("03-01"), 1991, "m", "south", "clerk", "shop", False, True),
            ("c", on("05-20"), None, "f", "north", None, "web", None, None),
            ("d", on("06-30"), 1955, "m", "east", "clerk", "shop", True, False),
        ],
        {
            "customer_id": ID,
            "joined_on": DAY,
            "birth_year": WHOLE,
            "gender": TEXT,
            "region": TEXT,
            "occupation": TEXT,
            "channel": TEXT,
            "may_contact": FLAG,
            "may_profile": FLAG,
        },
        fresh=("customer_id",),
        dates=("joined_on",),
    ),
    "transactions": TinyTable(
        [
            ("1", "p", "a", at("01-15"), 1, 10, 4, 10, 6, False, True, None, "s"),
            ("2", "p", "a", at("03-15"), 2, 10, 4, 20, 12, False, True, None, "s"),
            ("2", "q", "a", at("03-15"), 1, 30, 20, 30, 10, False, True, "spring", "s"),
            ("3", "q", "a", at("06-30", 23), 1, 30, 20, 30, 10, False, True, None, "t"),
            ("4", "p", "b", at("04-01"), 3, 10, 4, 30, 18, False, True, None, "s"),
            ("5", "p", "b", at("04-20"), -3, 10, 4, -30, -18, True, True, None, "s"),
            ("6", "r", "c", at("05-20"), 1, 5, 6, 5, -1, False, True, None, "t"),
            ("7", "POST", "c", at("06-01"), 1, 2, 2, 2, 0, False, False, None, "t"),
            ("8", "q", None, at("06-02"), 2, 30, 20, 60, 20, False, True, None, "t"),
            ("9", "q", "d", at("06-10"), 1, 30, 20, 30, 10, False, True, None, "t"),
            ("9", "r", "d", at("06-10"), 1, 5, 6, 5, -1, False, True, None, "t"),
            ("10", "p", "b", at("07-05"), 1, 10, 4, 10, 6, False, True, None, "s"),
            ("11", "p", "d", at("08-05"), 1, 10, 4, 10, 6, False, True, None, "s"),
        ],
        {
            "order_id": ID,
            "product_id": ID,
            "customer_id": ID,
            "ordered_at": TIME,
            "quantity": "decimal(18, 3)",
            "unit_price": MONEY,
            "unit_cost": MONEY,
            "revenue": MONEY,
            "margin": MONEY,
            "is_return": FLAG,
            "is_product": FLAG,
            "promotion": TEXT,
            "shop_id": ID,
        },
        dates=("ordered_at",),
    ),
    "products": TinyTable(
        [
            ("p", "pen", "paper", "basic", 4, True),
            ("q", "quilt", "home", "premium", 20, True),
            ("r", "rug", "home", "basic", 6, True),
            ("POST", "postage", None, None, 2, False),
        ],
        {
            "product_id": ID,
            "name": TEXT,
            "category": TEXT,
            "tier": TEXT,
            "unit_cost": MONEY,
            "is_product": FLAG,
        },
    ),
    "subscriptions": TinyTable(
        [
            ("a", on("01-10"), None, None, "flex", 20, 6, False),
            ("b", on("02-01"), on("05-15"), "voluntary", "flex", 20, 4, True),
            ("c", on("05-20"), on("07-10"), "involuntary", "year", 15, 2, True),
            ("d", on("06-30"), on("09-10"), "voluntary", "year", 15, 3, True),
        ],
        {
            "customer_id": ID,
            "started_on": DAY,
            "ended_on": DAY,
            "end_reason": TEXT,
            "plan": TEXT,
            "monthly_fee": MONEY,
            "tenure_months": WHOLE,
            "churned": FLAG,
        },
        fresh=("customer_id",),
        dates=("started_on", "ended_on"),
    ),
    "contacts": TinyTable(
        [
            ("a", "mail", True, at("03-01"), at("03-05"), True, True, "x", "cross_sell", 9, 1, "a"),
            ("b", "mail", False, at("03-01"), None, False, True, "x", "cross_sell", 0, 0, "b"),
            ("c", "call", True, at("06-20"), at("07-04"), True, True, "y", "retention", 20, 2, "c"),
            ("d", "call", True, at("06-20"), at("09-04"), True, True, "y", "retention", 20, 2, "d"),
            ("a", "late", False, at("07-20"), None, True, False, "y", "win_back", 0, 2, "a"),
        ],
        {
            "person_id": ID,
            "campaign": TEXT,
            "responded": FLAG,
            "contacted_at": TIME,
            "responded_at": TIME,
            "is_treated": FLAG,
            "is_randomized": FLAG,
            "offer": TEXT,
            "purpose": TEXT,
            "value": MONEY,
            "cost": MONEY,
            "customer_id": ID,
        },
        fresh=("campaign",),
        dates=("contacted_at", "responded_at"),
    ),
    "leads": TinyTable(
        [
            ("l1", on("01-05"), "web", on("02-01"), "a", 3),
            ("l2", on("04-05"), "fair", None, None, 8),
            ("l3", on("06-20"), "web", on("07-20"), "c", 3),
            ("l4", on("06-21"), "web", on("09-20"), "d", 3),
        ],
        {
            "lead_id": ID,
            "created_on": DAY,
            "channel": TEXT,
            "converted_on": DAY,
            "customer_id": ID,
            "cost": MONEY,
        },
        fresh=("lead_id",),
        dates=("created_on", "converted_on"),
    ),
    "feedback": TinyTable(
        [
            ("f1", at("02-01"), at("01-30"), "a", "survey", "shop", 9.0, "nps", "good", None),
            ("f2", at("06-01"), None, "b", "ticket", "call", 2.0, "csat", "late", at("07-09")),
            ("f3", None, at("06-28"), "c", "survey", "shop", None, "nps", None, None),
        ],
        {
            "feedback_id": ID,
            "given_at": TIME,
            "invited_at": TIME,
            "customer_id": ID,
            "collected_by": TEXT,
            "touchpoint": TEXT,
            "score": "float64",
            "scale": TEXT,
            "text": TEXT,
            "resolved_at": TIME,
        },
        fresh=("feedback_id",),
        dates=("given_at", "invited_at", "resolved_at"),
    ),
    "applications": TinyTable(
        [
            ("k1", "a", on("01-20"), 900, 12, "accepted", on("01-22"), False, on("05-20")),
            ("k2", "b", on("03-20"), 400, 6, "declined", on("03-22"), None, None),
            ("k3", "c", on("05-25"), 700, 12, "accepted", on("05-27"), True, on("07-20")),
            ("k4", "d", on("05-26"), 700, 12, "accepted", on("05-28"), True, on("09-20")),
        ],
        {
            "application_id": ID,
            "customer_id": ID,
            "applied_on": DAY,
            "amount": MONEY,
            "term_months": WHOLE,
            "decision": TEXT,
            "decided_on": DAY,
            "defaulted": FLAG,
            "outcome_known_on": DAY,
        },
        fresh=("application_id",),
        dates=("applied_on", "decided_on", "outcome_known_on"),
    ),
    "payments": TinyTable(
        [
            ("y1", "a", at("02-01"), 10, "payment", "s", "m", "v", False, at("02-20"), True),
            ("y2", "b", at("06-01"), 99, "payment", "s", "n", "w", True, at("07-05"), False),
            ("y3", "c", at("06-02"), 99, "refund", "t", "n", "w", None, None, False),
            ("y4", "d", at("06-03"), 50, "payment", "t", "m", "v", True, at("09-05"), False),
        ],
        {
            "payment_id": ID,
            "customer_id": ID,
            "paid_at": TIME,
            "amount": MONEY,
            "kind": TEXT,
            "shop_id": ID,
            "device_id": ID,
            "card_id": ID,
            "is_fraud": FLAG,
            "labelled_on": TIME,
            "sampled_at_random": FLAG,
        },
        fresh=("payment_id",),
        dates=("paid_at", "labelled_on"),
    ),
    "visits": TinyTable(
        [("a", "p", at("02-01")), ("a", "q", at("06-30", 23)), ("b", "p", at("07-01", 0))],
        {"person_id": ID, "item_id": ID, "visited_at": TIME},
        dates=("visited_at",),
    ),
}
