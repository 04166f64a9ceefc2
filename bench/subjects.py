"""What is measured: one function per stage, which prepares outside and works inside the clock."""

import datetime as dt
import os
import shutil
from collections.abc import Callable
from functools import partial

import ibis
import numpy as np
import pandas as pd

from crm_helpers.demo import company
from crm_helpers.features import quarters
from crm_helpers.features.baskets import basket_lines
from crm_helpers.features.compute import compute
from crm_helpers.features.offers import product_value
from crm_helpers.features.payments import payment_features
from crm_helpers.features.predictors import customer_predictors
from crm_helpers.features.rfm import rfm
from crm_helpers.models.propensity.model import fit_in_time
from crm_helpers.models.propensity.parts import PropensitySettings
from crm_helpers.models.rules import offer_choice, offer_rules
from crm_helpers.models.rules.rulebook import RuleSettings, rulebook
from crm_helpers.models.texts.languages import languages
from crm_helpers.models.texts.masking import masking
from crm_helpers.models.texts.sentiment import is_unhappy, sentiment
from crm_helpers.models.texts.themes import themes
from crm_helpers.models.texts.words import normalized
from crm_helpers.tables.checked import CheckedTables, open_tables
from crm_helpers.tables.demo_files import demo_folder

Work = Callable[[], object]
PAYMENTS_PER_CUSTOMER = 50
ATTRIBUTES = 50


def generation(customers: int) -> Work:
    """Demo company written anew, all tables."""
    folder = demo_folder()
    shutil.rmtree(folder, ignore_errors=True)
    return partial(company.generate, folder, customers=customers)


def checking(customers: int) -> Work:
    """Tables read and checked against their contracts, the cache emptied before."""
    folder = open_tables("demo").folder
    shutil.rmtree(folder, ignore_errors=True)
    return partial(open_tables, "demo")


def features(customers: int) -> Work:
    """RFM and the predictors of lapse, one row per customer."""
    tables, parameters = _opened()
    return lambda: [compute(f, tables, parameters) for f in (rfm, customer_predictors)]


def baskets(customers: int) -> Work:
    """Basket lines of a year brought out of the engine."""
    tables, parameters = _opened()
    return lambda: compute(basket_lines, tables, parameters)


def rules(customers: int) -> Work:
    """Itemsets by fpgrowth, rules, and their check on later baskets."""
    tables, parameters = _opened()
    lines = compute(basket_lines, tables, parameters)
    return lambda: rulebook(lines, RuleSettings())


def offers(customers: int) -> Work:
    """Best offer of every customer, in the engine."""
    tables, parameters = _opened()
    book = rulebook(compute(basket_lines, tables, parameters), RuleSettings())
    values = compute(product_value, tables, parameters)
    margins = offer_rules.order_margins(values, margin_share=0.3)
    looks = offer_choice.OfferWindows(parameters["as_of"], 365, 90)
    best_sellers = offer_rules.popular_rules(values)
    fitting = offer_choice.offered_rules(book.rules, best_sellers, offer_choice.BOTH)
    return lambda: offer_choice.offer_plan(
        tables["transactions"], fitting, margins, looks, offer_effect=0.5, contact_cost=0.02
    )


def payments(customers: int) -> Work:
    """Each payment described by its own past, in the engine; five payments per customer.

    A tenth of the customers pay, fifty times each.
    """
    customers = customers // 10
    engine = ibis.duckdb.connect(threads=1, memory_limit="4GB")
    number = f"range({PAYMENTS_PER_CUSTOMER * customers})"
    engine.raw_sql(
        f"CREATE TABLE payments AS SELECT 'Z' || range AS payment_id, "
        f"'C' || hash(range) % {customers} AS customer_id, "
        f"'S' || hash(range + 1) % 500 AS shop_id, "
        f"'D' || hash(range) % {2 * customers} AS device_id, 'K' || hash(range) % "
        f"{2 * customers} AS card_id, TIMESTAMP '2023-10-01' + INTERVAL (range * 94608000 // "
        f"{PAYMENTS_PER_CUSTOMER * customers}) SECOND AS paid_at, CAST(5 + hash(range + 2) % 20000 "
        f"/ 100.0 AS DECIMAL(18, 4)) AS amount, CASE WHEN hash(range + 3) % 20 = 0 THEN 'refund' "
        f"ELSE 'payment' END AS kind FROM {number}"
    )
    made = payment_features(engine.table("payments"), as_of=dt.date(2026, 9, 30))
    # The engine's own count of the finished rows: 5,000,000 of them need not cross into pandas.
    return lambda: engine.create_table("described", made, overwrite=True)


def propensity(customers: int) -> Work:
    """LightGBM on 50 attributes learned, calibrated, tested, refitted; all customers scored."""
    rows = _attributes(customers)
    settings = PropensitySettings(method="lightgbm")
    return lambda: fit_in_time(rows, outcome="left", settings=settings).score(rows)


def texts(customers: int) -> Work:
    """As many short texts masked, told apart by language, grouped into themes, their mood told.

    Themes are fitted on 8,000 texts of a language and mood on 60,000; all are then given theirs.
    """
    rows = _short_texts(customers)

    def work() -> object:
        plain = normalized(masking(rows["written"]).texts)
        told = rows.assign(text=plain, language=languages(plain, among=("en", "de")))
        found = themes(told[["text", "language", "place"]], rows[["score"]])
        return found, sentiment(told[["text", "unhappy", "person", "period"]], draws=20)

    return work


SUBJECTS: dict[str, Callable[[int], Work]] = {
    "generation": generation,
    "checking": checking,
    "features": features,
    "baskets": baskets,
    "rules": rules,
    "offers": offers,
    "payments": payments,
    "propensity": propensity,
    "texts": texts,
}


def _opened() -> tuple[CheckedTables, dict[str, object]]:
    tables = open_tables("demo")
    as_of = quarters.default_as_of(tables.source.data_until)
    return tables, {"as_of": as_of, "observation_days": 365}


def _short_texts(count: int) -> pd.DataFrame:
    """Texts of the demo company, drawn again and again, each with a number of its own."""
    os.environ["CUSTOMERS"] = "20000"  # texts enough to draw from, whatever their number here
    feedback = open_tables("demo")["feedback"].to_pandas().dropna(subset=["text"])
    drawn = feedback.sample(count, replace=True, random_state=1).reset_index(drop=True)
    score = drawn["score"].where(drawn["scale"] == "stars")
    return pd.DataFrame(
        {
            # A word of its own in each text, so that none repeats another.
            "written": drawn["text"] + " " + _own_words(count),
            "place": drawn["touchpoint"].fillna(""),
            "score": score,
            "unhappy": is_unhappy(drawn["score"], drawn["scale"]),
            "person": np.arange(count).astype(str),
            "period": np.arange(count) % 4,
        }
    )


def _own_words(count: int) -> pd.Series:
    """Numbers in letters of the alphabet."""
    numbers = pd.Series(np.arange(count)).astype(str)
    return numbers.str.translate(str.maketrans("0123456789", "abcdefghij"))


def _attributes(customers: int) -> pd.DataFrame:
    """Customers with 50 attributes, of which five drive the outcome."""
    rng = np.random.default_rng(1)
    values = rng.normal(size=(customers, ATTRIBUTES)).astype(np.float32)
    rows = pd.DataFrame(values, columns=[f"attribute_{n}" for n in range(ATTRIBUTES)])
    chance = 1 / (1 + np.exp(2 - values[:, :5].sum(axis=1) / 2))
    part = np.arange(customers) * 5 // customers
    roles = np.array(["train", "train", "train", "validation", "test"])
    days = [dt.date(2025, month, 1) for month in range(1, 6)]
    return rows.assign(
        left=rng.random(customers) < chance,
        role=roles[part],
        origin_on=pd.to_datetime(days)[part],
        customer_id=np.arange(customers).astype(str),
    )
