"""Events as the sources deliver them: frames -> feedback, applications, payments, visits."""

import numpy as np
import pandas as pd
import pyarrow as pa

from crm_helpers.demo.baskets import Shelf
from crm_helpers.demo.clock import DAYS
from crm_helpers.demo.delivered_people import customer_ids, dates, times
from crm_helpers.demo.feedback import SOURCES
from crm_helpers.demo.files import numbered, words
from crm_helpers.demo.planted import SHOPS


def shop_names() -> list[str]:
    """All shops; the web shop comes first."""
    return ["WEB", *[f"S{n:02d}" for n in range(1, SHOPS + 1)]]


def feedback_table(frame: pd.DataFrame, people: pd.DataFrame, goods: Shelf, first: int) -> pa.Table:
    """The feedback table, one row per statement; who did not answer a survey has no score."""
    survey = frame["survey"].fillna(-1).to_numpy().astype(np.int64)
    score = frame["score"].to_numpy(dtype=float)
    text = {name: _known_text(frame[name]) for name in ("touchpoint", "item", "scale")}
    return pa.table(
        {
            "feedback_id": feedback_ids(np.arange(len(frame)), first),
            "given_at": times(frame["day"].to_numpy(dtype=float)),
            "invited_at": times(frame["invited_day"].to_numpy(dtype=float)),
            "customer_id": customer_ids(people, frame["row"].to_numpy()),
            "collected_by": words(SOURCES, frame["source"].to_numpy()),
            "touchpoint": text["touchpoint"],
            "product_id": words(goods.products["product_id"], frame["product"].to_numpy()),
            "item": text["item"],
            "score": pa.array(score, mask=np.isnan(score)),
            "scale": text["scale"],
            "text": pa.array(frame["text"].to_numpy(dtype=object), pa.string(), from_pandas=True),
            "resolved_at": times(frame["resolved_day"].to_numpy(dtype=float)),
            "survey_id": numbered("Q", survey, 8),
        }
    )


def _known_text(column: pd.Series) -> pa.Array:
    known = (column.notna() & (column != "")).to_numpy()
    return pa.array(np.where(known, column.to_numpy(dtype=object), None), pa.string())


def feedback_ids(position: np.ndarray, first: int) -> pa.Array:
    """Ids of statements by position in their piece."""
    return numbered("F", position + first, 8)


def applications_table(frame: pd.DataFrame, people: pd.DataFrame) -> pa.Table:
    """The applications table, one row per credit application."""
    decided = np.isfinite(frame["decided_day"].to_numpy())
    known = np.isfinite(frame["known_day"].to_numpy())
    decision = np.where(decided, np.where(frame["is_approved"], 0, 1), -1)
    by = np.where(decided, frame["is_override"].to_numpy().astype(int), -1)
    numbers = ("monthly_income", "debt_share", "bureau_inquiries", "years_employed")
    return pa.table(
        {
            "application_id": application_ids(frame),
            "customer_id": customer_ids(people, frame["row"].to_numpy()),
            "applied_on": dates(frame["applied_day"].to_numpy()),
            "amount": pa.array(frame["amount"].to_numpy()),
            "term_months": pa.array(frame["term_months"].to_numpy()),
            "decision": words(["approved", "declined"], decision),
            "decided_on": dates(frame["decided_day"].to_numpy()),
            "decided_by": words(["policy", "clerk"], by),
            "defaulted": pa.array(frame["defaults"].to_numpy(), mask=~known),
            "outcome_known_on": dates(frame["known_day"].to_numpy()),
            **{name: pa.array(frame[name].to_numpy()) for name in numbers},
            "housing": pa.array(frame["housing"].to_numpy(dtype=object), pa.string()),
            "years_at_address": pa.array(frame["years_at_address"].to_numpy()),
            "card_design": pa.array(frame["card_design"].to_numpy(dtype=object), pa.string()),
        }
    )


def application_ids(frame: pd.DataFrame) -> pa.Array:
    """Ids of applications."""
    return numbered("A", frame["number"].to_numpy() + 1, 7)


def payments_table(frame: pd.DataFrame, people: pd.DataFrame) -> pa.Table:
    """The payments table, one row per payment or refund."""
    known = frame["is_known"].to_numpy()
    is_fraud = (frame["pattern"] != "").to_numpy()
    return pa.table(
        {
            "payment_id": payment_ids(frame),
            "customer_id": customer_ids(people, frame["row"].to_numpy()),
            "paid_at": times(frame["day"].to_numpy()),
            "amount": pa.array(frame["amount"].to_numpy()),
            "kind": words(["payment", "refund"], frame["is_refund"].to_numpy().astype(int)),
            "shop_id": words(shop_names(), frame["shop"].to_numpy()),
            "device_id": _scrambled("D", frame["device"].to_numpy()),
            "card_id": _scrambled("K", frame["card"].to_numpy()),
            "is_fraud": pa.array(is_fraud, mask=~known),
            "labelled_on": dates(frame["labelled_day"].to_numpy()),
            "sampled_at_random": pa.array(frame["sampled_at_random"].to_numpy()),
        }
    )


def payment_ids(frame: pd.DataFrame) -> pa.Array:
    """Ids of payments."""
    return numbered("Z", frame["number"].to_numpy() + 1, 9)


def visits_table(frame: pd.DataFrame, people: pd.DataFrame, goods: Shelf) -> pa.Table:
    """The visits table, one row per product looked at."""
    return pa.table(
        {
            "person_id": customer_ids(people, frame["row"].to_numpy()),
            "item_id": words(goods.products["product_id"], frame["product"].to_numpy()),
            "visited_at": times(np.minimum(frame["day"].to_numpy(), DAYS - 1e-6)),
        }
    )


def _scrambled(prefix: str, number: np.ndarray) -> pa.Array:
    """Ids that tell nothing of how they were made, empty for -1."""
    mixed = (number.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(14)
    return numbered(prefix, np.where(number >= 0, mixed.astype(np.int64), -1), 15)
