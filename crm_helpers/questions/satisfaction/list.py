"""List of customers to call back: unhappy answers and open cases + money -> candidates."""

import numpy as np
import pandas as pd

from crm_helpers.measures.feedback.answer_values import is_unhappy
from crm_helpers.measures.value.net_value import expected_net_value
from crm_helpers.questions.consents import with_consent
from crm_helpers.questions.satisfaction.text_data import TextData
from crm_helpers.questions.satisfaction.words import COLLECTED
from crm_helpers.questions.satisfaction.worth import Worth
from crm_helpers.tables.needs import Skip

WHAT = "Call back, listen, and settle the matter"
MONTH_DAYS = 365.25 / 12
FEW = 50
MOST_LETTERS = 200


def unhappy_customers(worth: Worth) -> pd.DataFrame:
    """Customers with an unhappy answer or an open case in the last period, and why.

    Parameters
    ----------
    worth : Worth

    Returns
    -------
    DataFrame, one row per customer
        customer_id, why : str
    """
    rows = worth.data.answers
    rows = rows[(rows["period"] == 0) & (rows["customer_id"] != "")]
    rows = rows[is_unhappy(rows["score"], rows["scale"])]
    about = rows["item"].where(rows["item"] != "", rows["touchpoint"]).replace("", "us")
    place = rows["collected_by"].map(COLLECTED).fillna("survey")
    text = (
        "gave " + rows["score"].map("{:g}".format) + " (" + rows["scale"] + ") for " + about
        + " in a " + place.str.removesuffix("s") + " " + rows["answer_age_days"].astype(str)
        + " days ago"
    )  # fmt: skip
    said = pd.DataFrame({"customer_id": rows["customer_id"], "why": text,
                         "order": rows["answer_age_days"]})  # fmt: skip
    said = pd.concat([_open_cases(worth), said]).sort_values(
        ["customer_id", "order"], kind="stable"
    )
    # Three reasons are enough for the caller.
    first = said[said.groupby("customer_id").cumcount() < 3]
    return first.groupby("customer_id", as_index=False)["why"].agg("; ".join)


def _open_cases(worth: Worth) -> pd.DataFrame:
    try:
        cases = worth.cases
    except Skip:
        return pd.DataFrame(columns=["customer_id", "why", "order"])
    timed = "resolved_at" in worth.report.tables["feedback"].columns
    rows = cases[cases["is_open"] & (cases["period"] == 0) & (cases["customer_id"] != "") & timed]
    about = rows["touchpoint"].where(rows["touchpoint"] != "", "an unknown matter")
    text = "open " + rows["collected_by"] + " about " + about
    return pd.DataFrame({"customer_id": rows["customer_id"], "why": text, "order": -1})


def lapse_chance(worth: Worth, recency_days: pd.Series) -> pd.Series:
    """Share of earlier unhappy customers, as recent at their answer, who did not order after it.

    Three bands of recency; all together where a band has too few.

    Parameters
    ----------
    worth : Worth
    recency_days : Series of int, shape (n_customers,)

    Returns
    -------
    Series of float in [0, 1]

    Raises
    ------
    Skip
        If fewer than fifty unhappy customers could be followed.
    """
    past = worth.followed[worth.followed["unhappy"]]
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


def masked_quotes(texts: TextData) -> pd.Series:
    """What each customer wrote in the last period, personal data masked.

    Of several texts the one with an unhappy score, and cut after two hundred letters.

    Parameters
    ----------
    texts : TextData

    Returns
    -------
    Series of str, indexed by customer_id
        Empty where the source has no texts.
    """
    try:
        rows = texts.rows
    except Skip:
        return pd.Series(dtype=str)
    rows = rows[(rows["period"] == 0) & (rows["customer_id"] != "")]
    mood = rows["unhappy"].astype("boolean").fillna(False).astype(bool)
    rows = rows.assign(is_mild=~mood).sort_values(["is_mild", "feedback_id"], kind="stable")
    first = rows.drop_duplicates("customer_id").set_index("customer_id")["shown"]
    return first.str.slice(0, MOST_LETTERS)


def callback_candidates(worth: Worth, quotes: pd.Series | None = None) -> pd.DataFrame:
    """Unhappy customers with value, cost and expected net value of a call.

    Parameters
    ----------
    worth : Worth
    quotes : Series of str, optional
        Masked words of customers, by customer_id.

    Returns
    -------
    DataFrame, one row per customer
        customer_id, what, why, probability, value, cost, expected_net_value, quote,
        [may_contact]
    """
    report, data = worth.report, worth.data
    money = data.money_of()
    margin = money.get("margin_sum", money["net_revenue_sum"] * data.margin_share)
    money = pd.DataFrame({"customer_id": money["customer_id"], "margin": margin})
    rows = unhappy_customers(worth).merge(money, on="customer_id")
    rows = rows.merge(data.base[["customer_id", "recency_days"]], on="customer_id")
    months = report.p.observation_days / MONTH_DAYS
    rows = rows.assign(
        what=WHAT,
        probability=lapse_chance(worth, rows["recency_days"]),
        value=(rows["margin"] * report.p.horizon_months / months).clip(lower=0).astype(float),
        cost=report.p.contact_cost,
    )
    net = expected_net_value(rows["probability"], save_rate=report.p.save_rate,
                             value_if_kept=rows["value"], cost=rows["cost"])  # fmt: skip
    rows = rows.assign(expected_net_value=net.astype(float))
    said = pd.Series(dtype=str) if quotes is None else quotes
    rows = rows.assign(quote=rows["customer_id"].map(said).fillna(""))
    kept = ["customer_id", "what", "why", "probability", "value", "cost", "expected_net_value"]
    kept += ["quote"]
    return with_consent(rows[kept], data.agreed)
