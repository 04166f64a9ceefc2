"""Candidates of several stories -> one list without persons who may not be contacted."""

import pandas as pd

from crm_helpers.page.report import Report
from crm_helpers.page.words import Html, paragraph
from crm_helpers.questions.consents import with_consent
from crm_helpers.tables.needs import Skip

COLUMNS = ["what", "why", "probability", "value", "cost", "expected_net_value"]


def candidates_of(*stories: object, key: str = "customer_id") -> pd.DataFrame:
    """Candidates of all stories, each person once, with the contact that is expected to bring most.

    A story that cannot be told from these data has none.

    Returns
    -------
    DataFrame, one row per person
        <key>, what, why, probability, value, cost, expected_net_value, and more
    """
    parts = [part for story in stories if len(part := _candidates(story))]
    if not parts:
        return pd.DataFrame(columns=[key, *COLUMNS])
    rows = pd.concat(parts, ignore_index=True)
    best = rows.sort_values(["expected_net_value", key], ascending=[False, True])
    return best.drop_duplicates(key).reset_index(drop=True)


def act_on(
    report: Report, candidates: pd.DataFrame, agreed: pd.DataFrame, *, key: str = "customer_id"
) -> Html:
    """Write the list and say what it should bring; its value becomes a finding."""
    name = "list_net_value"
    if candidates.empty:
        report.find(name, 0.0, report.currency, n=0)
        return paragraph(
            "There is no list: as far as these data show, nobody is left whom it pays to contact, "
            "or they do not say enough."
        )
    known = candidates[[key, *COLUMNS]]
    if key == "customer_id":
        known = with_consent(known, agreed)
    shown = report.act(known, key=key)
    told = report.decision
    report.find(name, told["expected_net_value"], report.currency, n=told["rows"])
    return shown


def _candidates(story: object) -> pd.DataFrame:
    try:
        return story.candidates
    except Skip:
        return pd.DataFrame()
