"""Attributes that go with a response: contacts and a trained model -> rules, one section."""

import numpy as np
import pandas as pd

from crm_helpers.measures.statistics.claims import claim_level
from crm_helpers.measures.statistics.share_interval import share_interval
from crm_helpers.models.rules.attribute_rules import attribute_rules
from crm_helpers.page.numerals import number, percent
from crm_helpers.page.section import Section, section, unless_absent
from crm_helpers.page.words import table
from crm_helpers.questions.acquisition.next_response import ResponseStudy
from crm_helpers.questions.acquisition.phrases import attributes_in_words
from crm_helpers.tables.needs import Skip

LATER_SHARE = 1 / 3


@unless_absent
def rules(rows: pd.DataFrame, study: ResponseStudy, *, seed: int) -> pd.DataFrame:
    """Attributes that go with a response, counted again among later contacts.

    Parameters
    ----------
    rows : DataFrame, one row per contact
        From `next_response.rows`.
    study : ResponseStudy
        Only attributes that its model may use are looked at.
    seed : int
        Where contacts have no date, every third at random is later.

    Returns
    -------
    DataFrame, one row per rule, largest lift first
        rule : str, in words; attributes : tuple of Attribute; antecedent_count, later_count :
        int; confidence, rule_lift, zhang, q_value, later_rate, later_lift : float
    """
    frame = rows[[name for name in rows if name in study.propensity.columns]]
    if "contacted_at" in rows:
        later = rows["contacted_at"].rank(pct=True) > 1 - LATER_SHARE
    else:
        later = pd.Series(np.random.default_rng(seed).uniform(size=len(rows)) < LATER_SHARE)
    found = attribute_rules(frame, rows["responded"], later.to_numpy())
    return found.assign(rule=found["attributes"].map(attributes_in_words))


@unless_absent
def associations(rules: pd.DataFrame) -> Section:
    """Rules "persons like this respond more often".

    Parameters
    ----------
    rules : DataFrame, one row per rule
        From `rules`.

    Returns
    -------
    Section
        data : one row per rule, the columns of `rules`; findings : none
    """
    if rules.empty:
        raise Skip("No attribute goes with a response beyond chance.")
    best = rules.iloc[0]
    says = "No attribute was sure to go with a response when rules were counted again"
    if _holds(best):
        says = (
            f"Counted again, of 100 with {best['rule']} {number(100 * best['later_rate'], 1)} "
            f"responded, {number(best['later_lift'], 1)} times the average"
        )
    columns = {
        "rule": "Attributes",
        "antecedent_count": "Persons",
        "confidence": ("Responded", percent),
        "rule_lift": ("Times the average", _two_decimals),
        "later_count": "Persons counted again",
        "later_rate": ("Responded then", percent),
        "later_lift": ("Times then", _two_decimals),
    }
    beside = (
        "Rules were found on one part of the contacts and counted again on the rest. They say "
        "who responds, not why."
    )
    return section(says, table(rules, columns), beside)


def _holds(rule: pd.Series) -> bool:
    """Whether contacts that had no part in finding the first rule respond more often by it."""
    if not rule["later_count"] or not rule["later_lift"] > 1:
        return False
    responded = round(rule["later_rate"] * rule["later_count"])
    low, _ = share_interval(responded, int(rule["later_count"]), level=claim_level())
    return bool(low > rule["later_rate"] / rule["later_lift"])


def _two_decimals(times: float) -> str:
    return number(times, 2)
