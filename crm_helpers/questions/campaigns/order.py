"""How well persons are ordered by what a contact changes: uplift study -> section on trust."""

import pandas as pd

from crm_helpers.charts.chart import Chart
from crm_helpers.charts.qini import qini_chart
from crm_helpers.measures.effects.qini import Qini, qini_curve
from crm_helpers.models.uplift.study import UpliftStudy
from crm_helpers.page.numerals import number
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, section, unless_absent
from crm_helpers.questions.campaigns.effects import source_of
from crm_helpers.questions.campaigns.phrases import METHOD_WORDS, points, spread_in_words


@unless_absent
def trust(
    report: Report, arms: pd.DataFrame, study: UpliftStudy, qini: Qini, *, left_out: int
) -> Section:
    """Qini curve, methods tried, and what the study rests on.

    Parameters
    ----------
    report : Report
    arms : DataFrame, one row per person and campaign
    study : UpliftStudy
    qini : Qini
        From `uplift.qini`.
    left_out : int
        Persons who may not be profiled, from `people.left_out`.

    Returns
    -------
    Section
        data : one row per distinct score: treated_share, extra_outcomes; findings : qini
    """
    better = "is not shown to order persons better than chance"
    if qini.finds_something:
        better = "orders persons better than chance"
    says = f"The uplift model {better}: Qini {number(qini.value, 3)}"
    chart = _curve_chart(study, qini, source_of(report, arms))
    found = {"low": qini.low, "high": qini.high, "n": len(study.test), "baseline": 0.0}
    told = section(says, chart, _basis(study, left_out))
    return told.finds("qini", qini.value, "", **found)


def _curve_chart(study: UpliftStudy, qini: Qini, source: str) -> Chart:
    test = study.test
    parts = (test["outcome"], test["is_treated"], test["uplift"])
    curve = qini_curve(*parts, campaign=test["campaign"])
    return qini_chart(
        curve,
        title="Extra responses when the best are contacted first",
        subtitle=f"Tested on {study.tested_on}: {number(len(test))} contacts. Qini 1 would be "
        f"perfect, 0 is chance; interval {number(qini.low, 3)} to {number(qini.high, 3)}",
        alt=f"Curve of extra responses by share contacted, Qini {number(qini.value, 3)}, "
        f"ending at {points(curve['extra_outcomes'].iloc[-1])} per 100 persons.",
        source=source,
    )


def _basis(study: UpliftStudy, left_out: int) -> str:
    tried = study.tested.losses["method"]
    words = ", ".join(METHOD_WORDS[method] for method in tried if method in METHOD_WORDS)
    return (
        f"Learned from {number(study.learned_rows)} earlier or other contacts. Chosen by "
        f"cross-validation among: {words}; best: {METHOD_WORDS[study.tested.method]}. "
        f"{spread_in_words(study.tested)} Attributes without a date are those of today. "
        f"{number(left_out)} persons who refused to be profiled, or whose "
        "row is unusable, are left out."
    )
