"""List of customers to call back: unhappy answers and open cases + money -> candidates."""

import numpy as np
import pandas as pd

from crm_helpers.measures.feedback.answer_values import is_unhappy
from crm_helpers.measures.value.net_value import expected_net_value
from crm_helpers.page.section import is_absent, unless_absent
from crm_helpers.questions.consents import with_consent
from crm_helpers.questions.satisfaction.phrases import COLLECTED
from crm_helpers.tables.needs import Skip

WHAT = "Call back, listen, and settle the matter"
FEW = 50
MOST_LETTERS = 200
# Three reasons are enough for the caller.
MOST_REASONS = 3
COLUMNS = ["customer_id", "what", "why", "probability", "value", "cost", "expected_net_value"]


def unhappy_customers(answers: pd.DataFrame, cases: pd.DataFrame) -> pd.DataFrame:
    """Customers with an unhappy answer or an open case in the last period, and why.

    Parameters
    ----------
    answers : DataFrame of `answers.counted`
    cases : DataFrame of `service.cases`
        Either may be absent.

    Returns
    -------
    DataFrame, one row per customer, sorted by customer
        customer_id, why : str
    """
    open_cases = [] if is_absent(cases) else [_open_cases(cases)]
    unhappy = [] if is_absent(answers) else [_unhappy_answers(answers)]
    said = pd.concat([*open_cases, *unhappy, pd.DataFrame(columns=["customer_id", "why", "order"])])
    said = said.sort_values(["customer_id", "order"], kind="stable")
    first = said[said.groupby("customer_id").cumcount() < MOST_REASONS]
    return first.groupby("customer_id", as_index=False)["why"].agg("; ".join)


def _unhappy_answers(answers: pd.DataFrame) -> pd.DataFrame:
    rows = answers[(answers["period"] == 0) & (answers["customer_id"] != "")]
    rows = rows[is_unhappy(rows["score"], rows["scale"])]
    about = rows["item"].where(rows["item"] != "", rows["touchpoint"]).replace("", "us")
    place = rows["collected_by"].map(COLLECTED).fillna("survey").str.removesuffix("s")
    # Without any row the column keeps the type of numbers.
    score = rows["score"].map("{:g}".format).astype(str)
    days = rows["answer_age_days"].astype(str)
    why = "gave " + score + " (" + rows["scale"] + ") for " + about + " in a " + place
    return pd.DataFrame(
        {
            "customer_id": rows["customer_id"],
            "why": why + " " + days + " days ago",
            "order": rows["answer_age_days"],
        }
    )


def _open_cases(cases: pd.DataFrame) -> pd.DataFrame:
    is_open = cases["is_open"].astype("boolean").fillna(False).astype(bool)
    rows = cases[is_open & (cases["period"] == 0) & (cases["customer_id"] != "")]
    about = rows["touchpoint"].where(rows["touchpoint"] != "", "an unknown matter")
    why = "open " + rows["collected_by"] + " about " + about
    return pd.DataFrame({"customer_id": rows["customer_id"], "why": why, "order": -1})


def lapse_chance(outcomes: pd.DataFrame, recency_days: pd.Series) -> pd.Series:
    """Share of earlier unhappy customers, as recent at their answer, who did not order after it.

    Three bands of recency; all together where a band has too few.

    Parameters
    ----------
    outcomes : DataFrame of `behaviour.outcomes`
    recency_days : Series of int, shape (n_customers,)

    Returns
    -------
    Series of float in [0, 1]

    Raises
    ------
    Skip
        If fewer than fifty unhappy customers could be followed.
    """
    past = outcomes[outcomes["unhappy"]]
    if len(past) < FEW:
        raise Skip(
            f"Only {len(past)} unhappy customers of earlier surveys could be followed to their "
            f"later orders; {FEW} are needed to say what a call may save."
        )
    edges = [-np.inf, *past["recency_days"].quantile([1 / 3, 2 / 3]).unique(), np.inf]
    band = pd.cut(past["recency_days"], edges)
    rates = past.groupby(band, observed=False)["lapsed"].agg(["mean", "size"])
    rates = rates["mean"].where(rates["size"] >= FEW / 2, past["lapsed"].mean())
    mine = pd.cut(recency_days, edges)
    return mine.map(rates).astype(float)


def quotes(texts: pd.DataFrame) -> pd.Series:
    """What each customer wrote in the last period, personal data masked.

    Of several texts the one with an unhappy score, and cut after two hundred letters.

    Parameters
    ----------
    texts : DataFrame of `texts.with_words`
        May be absent.

    Returns
    -------
    Series of str, indexed by customer_id
        Empty where the source has no texts.
    """
    if is_absent(texts):
        return pd.Series(dtype=str)
    rows = texts[(texts["period"] == 0) & (texts["customer_id"] != "")]
    mood = rows["unhappy"].astype("boolean").fillna(False).astype(bool)
    rows = rows.assign(is_mild=~mood).sort_values(["is_mild", "feedback_id"], kind="stable")
    first = rows.drop_duplicates("customer_id").set_index("customer_id")["shown"]
    return first.str.slice(0, MOST_LETTERS)


@unless_absent
def candidates(
    worth: pd.DataFrame,
    outcomes: pd.DataFrame,
    unhappy: pd.DataFrame,
    *,
    save_rate: float,
    contact_cost: float,
) -> pd.DataFrame:
    """Unhappy customers of known value with cost and expected net value of a call.

    Parameters
    ----------
    worth : DataFrame of `customers.worth`
    outcomes : DataFrame of `behaviour.outcomes`
    unhappy : DataFrame of `unhappy_customers`
    save_rate : float
        Assumed share of those leaving whom a call keeps, 0 to 1.
    contact_cost : float
        Of one call, in currency.

    Returns
    -------
    DataFrame, one row per customer
        customer_id, what, why : str; probability : float in [0, 1], not to order
        value, cost, expected_net_value : float, in currency
    """
    rows = unhappy.merge(worth, on="customer_id")
    rows = rows.assign(
        what=WHAT, probability=lapse_chance(outcomes, rows["recency_days"]), cost=contact_cost
    )
    net = expected_net_value(
        rows["probability"], save_rate=save_rate, value_if_kept=rows["value"], cost=rows["cost"]
    )
    return rows.assign(expected_net_value=net.astype(float))[COLUMNS]


@unless_absent
def with_their_words(
    candidates: pd.DataFrame, quotes: pd.Series, agreed: pd.DataFrame
) -> pd.DataFrame:
    """Candidates with what they wrote, and with who may be contacted.

    Parameters
    ----------
    candidates : DataFrame of `candidates`
    quotes : Series of `quotes`
    agreed : DataFrame of `consents`

    Returns
    -------
    DataFrame, one row per customer, in the columns of `candidates` and
        quote : str, masked, empty where he wrote nothing
        [may_contact] : bool, where the source asks
    """
    said = candidates["customer_id"].map(quotes).astype(object).fillna("")
    return with_consent(candidates.assign(quote=said), agreed)
