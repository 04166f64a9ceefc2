"""Until acquisition has moved: lists of stories."""

import pandas as pd

from crm_helpers.page.report import Report
from crm_helpers.page.section import Section
from crm_helpers.page.words import Html
from crm_helpers.questions.campaigns import list as contact_list
from crm_helpers.tables.needs import Skip


def candidates_of(*stories: object, key: str = "customer_id") -> pd.DataFrame:
    """Candidates of all stories, each person once."""
    return contact_list.best_of(*(_candidates(story) for story in stories), key=key)


def act_on(
    report: Report, candidates: pd.DataFrame, agreed: pd.DataFrame, *, key: str = "customer_id"
) -> Html:
    """Write the list and say what it should bring; its value becomes a finding."""
    names = ("capacity", "budget", "control_share")
    limits = {name: getattr(report.p, name) for name in names}
    told = contact_list.act_on(report, candidates, agreed, key=key, **limits)
    report.keep(told)
    return Html(told.html)


def _candidates(story: object) -> pd.DataFrame | Section:
    try:
        return story.candidates
    except Skip as reason:
        return Section.absent(str(reason))
