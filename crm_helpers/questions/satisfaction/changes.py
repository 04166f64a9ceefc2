"""What changed since the last period: answers -> change of every question, with a verdict."""

import pandas as pd

from crm_helpers.measures.feedback.score_table import score_changes
from crm_helpers.page.numerals import number
from crm_helpers.page.section import Section, section, unless_absent
from crm_helpers.page.words import table
from crm_helpers.questions.satisfaction.answers import QUESTION
from crm_helpers.questions.satisfaction.phrases import (
    change_form,
    figure_form,
    moved,
    news,
    question,
    span,
)
from crm_helpers.tables.needs import Skip

CHANGES = {
    "question": "Asked",
    "before": "Before",
    "now": "Now",
    "moved": "Change",
    "interval": "Interval at 95 %",
    "n_now": ("Answers now", number),
    "verdict": "Verdict",
}


@unless_absent
def since_last_period(answers: pd.DataFrame, *, min_group: int) -> pd.DataFrame:
    """Change of every question since the period before, surest first.

    Parameters
    ----------
    answers : DataFrame of `answers.counted`
    min_group : int
        Questions with fewer persons in one of both periods are left out.

    Returns
    -------
    DataFrame, one row per question, in the columns of `score_changes` and
        question : str, its name
    """
    rows = score_changes(answers, QUESTION, min_group=min_group)
    if rows.empty:
        raise Skip("No question has enough answers in the last period and the one before.")
    return rows.assign(question=[question(*key) for key in rows[QUESTION].itertuples(index=False)])


@unless_absent
def verdicts(changed: pd.DataFrame, *, period_days: int) -> Section:
    """Change of every question since the period before, with a verdict.

    Parameters
    ----------
    changed : DataFrame of `since_last_period`
    period_days : int

    Returns
    -------
    Section
        data : one row per question, columns of `since_last_period`, before, now, moved,
        interval, verdict; findings : nps_change, where asked; news : what moved by more than
        noise
    """
    sure = changed[changed["is_change"]].head(3)
    says = "No question moved by more than noise since the period before"
    if len(sure):
        told = [moved(r.question, r.scale, r.mean_change) for r in sure.itertuples()]
        says = f"Moved by more than noise: {'; '.join(told)}"
    beside = (
        f"Two periods of {number(period_days)} days. The verdict is at the level of all claims "
        f"here, allowing for all {len(changed)} questions looked at. It does not say why."
    )
    made = section(says, table(_change_words(changed).head(12), CHANGES), beside)
    made = made.tells(*(news(r.question, r.scale, r.mean_change) for r in sure.itertuples()))
    for row in changed[changed["scale"] == "nps"].head(1).itertuples():
        n = row.n_now + row.n_before
        made = made.finds("nps_change", row.mean_change, "points", low=row.low, high=row.high, n=n)
    return made


def _change_words(rows: pd.DataFrame) -> pd.DataFrame:
    levels = [figure_form(scale) for scale in rows["scale"]]
    steps = [change_form(scale) for scale in rows["scale"]]
    return rows.assign(
        before=[f(v) for f, v in zip(levels, rows["mean_before"], strict=True)],
        now=[f(v) for f, v in zip(levels, rows["mean_now"], strict=True)],
        moved=[f(v) for f, v in zip(steps, rows["mean_change"], strict=True)],
        interval=[span(a, b, f) for f, a, b in zip(steps, rows["low"], rows["high"], strict=True)],
        verdict=rows["is_change"].map({True: "more than noise", False: "noise"}),
    )
