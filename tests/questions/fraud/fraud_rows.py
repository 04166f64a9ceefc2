"""Ten payments worked out by hand, with quiet ones before them, scored without a model."""

from functools import cache
from types import SimpleNamespace

import pandas as pd

from crm_helpers.page.section import Section
from crm_helpers.questions.fraud.detection import Capacity, Detection, Stakes, detection
from crm_helpers.questions.fraud.refunds import RefundClusters
from crm_helpers.questions.fraud.rings import Rings, rings

REPORT = SimpleNamespace(
    source=SimpleNamespace(title="Shop"), currency="EUR", money=lambda x: f"{x:,.0f} EUR"
)
NO_MODEL = Section.absent("Too few labels.")
STAKES = Stakes(check_cost=3.0, recoverable_share=0.5, case_value=0.0, hit_rate=0.1)
CAPACITY = Capacity(cases_per_day=1, review_days=2)


def rows() -> pd.DataFrame:
    """Eight payments of the test, of which two are fraud by one card, and two under review."""
    frame = pd.DataFrame(
        {
            "payment_id": [f"p{n}" for n in range(10)],
            "customer_id": [f"c{n // 2}" for n in range(10)],
            "amount": [500.0, 400.0, 90.0, 80.0, 70.0, 60.0, 50.0, 40.0, 300.0, 20.0],
            "is_fraud": [True, True, False, False, None, None, None, None, None, None],
            "is_refund": [False] * 10,
            "age_days": [100, 101, 102, 103, 104, 105, 106, 107, 1, 2],
            "card_hour_count": [3, 4, 0, 0, 0, 0, 0, 0, 5, 0],
            "role": ["test"] * 8 + ["review"] * 2,
        }
    )
    return frame.assign(is_fraud=frame["is_fraud"].astype("boolean"), owner=frame["customer_id"])


def no_clusters() -> RefundClusters:
    """No refunds, no shops."""
    return RefundClusters(rows().head(0), pd.DataFrame(), pd.Series(dtype=float))


def detected(**changed: object) -> Detection:
    """The ten payments scored by rules and anomalies, without a model."""
    return _made(changed) if changed else _plain()


@cache
def _plain() -> Detection:
    return _made({})


def _made(changed: dict[str, object]) -> Detection:
    given = {"rows": rows(), "stakes": STAKES, "capacity": CAPACITY} | changed
    known = with_quiet_past(given["rows"])
    capacity = given["capacity"]
    return detection(
        known,
        NO_MODEL,
        no_clusters(),
        given["stakes"],
        capacity,
        rings=no_rings(known, capacity),
        seed=1,
    )


def no_rings(known: pd.DataFrame, capacity: Capacity) -> Rings:
    """Rings of three customers or more; here nobody shares a card."""
    days = capacity.review_days
    return rings(known, review_days=days, link_days=7, ring_customers=3)


def with_quiet_past(looked_at: pd.DataFrame) -> pd.DataFrame:
    """The same, and thirty quiet payments before them: a neighbourhood needs more than twenty."""
    past = pd.concat([looked_at.tail(1)] * 30, ignore_index=True)
    named = {"payment_id": [f"q{n}" for n in range(30)], "role": "train"}
    varied = {"amount": [20.0 + n for n in range(30)]} if "amount" in looked_at else {}
    past = past.assign(**named, **varied, card_hour_count=[n % 2 for n in range(30)])
    return pd.concat([looked_at, past], ignore_index=True)
