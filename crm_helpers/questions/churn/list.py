"""List of customers to keep: studies of lapses and ends, and terms -> candidates with reasons."""

import numpy as np
import pandas as pd

from crm_helpers.models.propensity.contributions import contributions
from crm_helpers.models.propensity.reasons import strongest
from crm_helpers.models.propensity.study import Study
from crm_helpers.models.survival.competing import CompetingStudy
from crm_helpers.page.phrases import Phrase, reasons_in_words, themes_of
from crm_helpers.page.report import Report
from crm_helpers.page.section import is_absent
from crm_helpers.questions.churn.phrases import CONTRACT_PHRASES, LAPSE_PHRASES
from crm_helpers.questions.churn.terms import Terms
from crm_helpers.questions.consents import consents, with_consent

WRITE = "Write personally, with a reason to order again"
STAY = "Ask what is wrong and offer a reason to stay"
REPAIR = "Repair the payment before the contract ends by itself"
# Some of the best are left out at random or by budget; others take their places.
SPARE = 2.0


def candidates(
    report: Report,
    lapses: Study,
    ends: CompetingStudy,
    terms: Terms,
    *,
    capacity: int,
    seed: int,
) -> pd.DataFrame:
    """Customers of both studies, each once with the action that brings most.

    Parameters
    ----------
    report : Report
        Its customers table says who may be contacted.
    lapses : Study, or absent
    ends : CompetingStudy, or absent
    terms : Terms
    capacity : int
        Reasons are worked out for those who can reach a list of so many.
    seed : int

    Returns
    -------
    DataFrame, one row per customer
        customer_id, what, why : str; [may_contact] : bool
        probability : float in [0, 1]; value, cost, expected_net_value : float, in currency
    """
    offers = []
    if not is_absent(lapses):
        offers.append((lapse_candidates(lapses, terms), lapses, LAPSE_PHRASES))
    if not is_absent(ends):
        offers.append((contract_candidates(ends, terms), ends, CONTRACT_PHRASES))
    agreed = consents(report)
    parts = [
        with_reasons(with_consent(rows, agreed), study, phrases, capacity=capacity, seed=seed)
        for rows, study, phrases in offers
    ]
    together = pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)
    best = together.sort_values("expected_net_value", ascending=False, kind="stable")
    return best.drop_duplicates("customer_id").sort_index().reset_index(drop=True)


def lapse_candidates(lapses: Study, terms: Terms) -> pd.DataFrame:
    """Customers who may lapse, with value and expected net value of a contact.

    Parameters
    ----------
    lapses : Study
        Without evidence for the model nobody is a candidate.
    terms : Terms

    Returns
    -------
    DataFrame, one row per customer scored whose value is known
        customer_id, what, why (empty), probability, value, cost, expected_net_value
    """
    rows = lapses.scored if lapses.finds_something else lapses.scored.head(0)
    return _offered(rows, WRITE, terms.margin_lost(rows), terms)


def contract_candidates(ends: CompetingStudy, terms: Terms) -> pd.DataFrame:
    """Customers whose contract may end, with value and expected net value of a contact.

    Parameters
    ----------
    ends : CompetingStudy
        Without evidence for the model nobody is a candidate.
    terms : Terms

    Returns
    -------
    DataFrame, one row per contract scored whose value is known
        customer_id, what, why (empty), probability, value, cost, expected_net_value
    """
    rows = ends.scored if ends.finds_something else ends.scored.head(0)
    what = np.where(_is_payment(rows), REPAIR, STAY)
    return _offered(rows, what, terms.fees_ahead(rows) * terms.margin_share, terms)


def with_reasons(
    offered: pd.DataFrame,
    study: Study | CompetingStudy,
    phrases: tuple[Phrase, ...],
    *,
    capacity: int,
    seed: int,
) -> pd.DataFrame:
    """Candidates with the reasons of those who can reach the list.

    Parameters
    ----------
    offered : DataFrame, one row per customer scored, in their order
    study : Study or CompetingStudy
    phrases : tuple of Phrase
        How its predictors are said.
    capacity : int
    seed : int

    Returns
    -------
    DataFrame of the same rows and columns
        why : str, in words; empty for the others
    """
    allowed = offered.get("may_contact", pd.Series(True, index=offered.index))
    worth = offered[allowed & (offered["expected_net_value"] > 0)]
    room = int(np.ceil(capacity * SPARE))
    best = worth.nlargest(room, "expected_net_value").index.sort_values()
    if not len(best):
        return offered
    rows = study.scored.loc[best]
    values = contributions(study.propensity, rows, seed=seed).values
    said = reasons_in_words(strongest(values, themes_of(phrases)), rows, phrases)
    known = offered.index.isin(best)
    return offered.assign(why=offered["why"].mask(known, said.reindex(offered.index)))


def abandoned(listed: pd.DataFrame) -> pd.DataFrame:
    """Customers more likely than not to leave whom to contact costs more than it brings.

    Parameters
    ----------
    listed : DataFrame, one row per customer
        As given by `candidates`.

    Returns
    -------
    DataFrame, one row per customer
    """
    return listed[(listed["probability"] >= 0.5) & (listed["expected_net_value"] <= 0)]


def _offered(
    rows: pd.DataFrame, what: str | np.ndarray, worth: pd.Series, terms: Terms
) -> pd.DataFrame:
    offered = pd.DataFrame(
        {
            "customer_id": rows["customer_id"],
            "what": what,
            "why": "",
            "probability": rows["probability"],
            "value": worth,
            "cost": terms.contact_cost,
            "expected_net_value": terms.net_value(rows["probability"], worth),
        }
    )
    return offered[offered["value"].notna()]


def _is_payment(rows: pd.DataFrame) -> pd.Series:
    if "p_involuntary" not in rows:
        return pd.Series(False, index=rows.index)
    return rows["p_involuntary"] > rows["p_voluntary"]
