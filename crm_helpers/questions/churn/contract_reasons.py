"""Why contracts end, in words: contracts of a report -> effects, signs before, repairs, trust."""

import pandas as pd

from crm_helpers.charts.calibration import calibration_chart
from crm_helpers.charts.chart import Chart
from crm_helpers.charts.intervals import interval_chart
from crm_helpers.measures.forecasts.calibration import calibration_table
from crm_helpers.measures.statistics.share_interval import share_interval
from crm_helpers.models.propensity.encoding import category_columns
from crm_helpers.models.propensity.reasons import COLUMN_WORDS
from crm_helpers.models.survival.effects import hazard_effects, odds_effects
from crm_helpers.page.numerals import counted, day, number, per_hundred, percent
from crm_helpers.page.parts import silent_when_absent
from crm_helpers.page.report import Report
from crm_helpers.page.words import Html, answer, bullets, note, table
from crm_helpers.questions.churn.contract_study import Contracts
from crm_helpers.questions.evidence import base_rates, left_out, trust_in
from crm_helpers.tables.needs import Skip

EFFECTS_SHOWN = 9
NOT_FACTORS = ("entry_days", "exit_days", "ended", "end_reason", "customer_id", "started_on")
SIGNS = {
    "trouble_count": ("a ticket or call in the last quarter", 1.0),
    "days_since_fee_raised": ("a fee raised in the last quarter", 91.0),
    "renewal_in_days": ("a renewal due within the window", None),
    "orders_trend": ("fewer orders than before", 0.999),
}


@silent_when_absent
def contract_effects(report: Report, contracts: Contracts) -> Html | Chart:
    """What goes with ending a contract by choice: plan, price, service, each beside the others."""
    try:
        found = effects(report, contracts).head(EFFECTS_SHOWN)
    except Skip as reason:
        return note(str(reason))
    top = found.iloc[0]
    labels = [f"{_name(f)}: {lev}" for f, lev in zip(found["factor"], found["level"], strict=True)]
    frame = found.assign(label=labels, value=found["ratio"])
    measure = "risk" if contracts.is_dated else "odds"
    ratio = f"{number(top['ratio'], 2)} times the {measure} of {top['against']}"
    said = f"{labels[0].capitalize()} goes with {ratio}"
    kind = "Hazard ratio" if contracts.is_dated else "Odds ratio"
    return interval_chart(
        frame, form=lambda ratio: f"x {ratio:.2f}", reference=1.0, is_ratio=True,
        x_label=f"{kind}, 1: no difference",
        title=said,
        subtitle="Risk to end by choice, each factor beside the others; intervals: 95 %"
        if contracts.is_dated else "Odds to have left, each factor beside the others; 95 %",
        alt=f"Points with intervals on a ratio scale. {said}; {len(frame)} factors shown.",
        source=f"{report.source.title}, contracts until {day(report.as_of)}",
    )  # fmt: skip


def effects(report: Report, contracts: Contracts) -> pd.DataFrame:
    """Ratios of the factors, the largest first; protected attributes are left out.

    Returns
    -------
    DataFrame, one row per level or number
        factor, level, against : str; ratio, low, high : float; contracts : int

    Raises
    ------
    Skip
        If there are too few ends.
    """
    banned = {*NOT_FACTORS, *report.p.exclude_columns, *report.p.protected_columns}
    if contracts.is_dated:
        spells = contracts.spells
        columns = [c for c in spells if c not in banned]
        cause = "voluntary" if "end_reason" in spells else ""
        return hazard_effects(spells, columns, cause=cause)
    rows = contracts.study.labelled
    usable = [c for c in contracts.study.leading.propensity.columns if c not in banned]
    return odds_effects(rows, usable, outcome="churned")


@silent_when_absent
def signs_before(report: Report, contracts: Contracts) -> Html:
    """What those who left had shown before, beside those who stayed."""
    found = signs(report, contracts)
    if found.empty:
        return note("The data hold no dated signs (trouble, price, orders) from before the end.")
    top = found.iloc[0]
    columns = {
        "sign": "Sign",
        "contracts": ("Contracts with it", number),
        "with_it": ("Ended, with it", lambda share: percent(share, 1)),
        "without": ("Ended, without", lambda share: percent(share, 1)),
        "interval": "95 % interval, with it",
    }
    said = (
        f"Of those with {top['sign']}, {per_hundred(top['with_it'])} ended their contract, of the "
        f"others {per_hundred(top['without'])}"
    )
    return answer(said) + table(found, columns)


def signs(report: Report, contracts: Contracts) -> pd.DataFrame:
    """Share of contracts that ended in the window, with and without each sign, all origins.

    Returns
    -------
    DataFrame, one row per sign that min_group contracts show, the largest difference first
        sign, interval : str; contracts : int; with_it, without : float in [0, 1]
    """
    rows = contracts.study.labelled
    if not contracts.is_dated:
        return pd.DataFrame()
    found = []
    for column, (words, limit) in SIGNS.items():
        if column in rows:
            shown = _shows(rows[column], column, limit, report.p.outcome_days)
            found.append(_sign(words, rows["ended"].astype(bool), shown))
    table_of = pd.DataFrame([one for one in found if one["contracts"] >= report.p.min_group])
    if table_of.empty:
        return table_of
    size = (table_of["with_it"] - table_of["without"]).abs()
    return table_of.loc[size.sort_values(ascending=False).index].reset_index(drop=True)


@silent_when_absent
def what_to_repair(report: Report, contracts: Contracts) -> Html:
    """Where contracts end without anybody's will: shares by group."""
    spells = contracts.spells
    if not contracts.is_dated or "end_reason" not in spells:
        return note("The source does not say which contracts ended against the customer's will.")
    found = involuntary_by_group(report, contracts)
    if found.empty:
        return note("Too few ends of that kind to compare groups.")
    top = found.iloc[0]
    columns = {
        "group": "Group",
        "contracts": ("Contracts", number),
        "share": ("Ended involuntarily in the window", lambda share: percent(share, 1)),
        "interval": "95 % interval",
    }
    said = f"Not by choice: {top['group']} lost {per_hundred(top['share'])} contracts of the period"
    return answer(said) + table(found.head(12), columns)


def involuntary_by_group(report: Report, contracts: Contracts) -> pd.DataFrame:
    """Share of contracts that ended involuntarily, by the factor that divides them most.

    Returns
    -------
    DataFrame, one row per group of min_group contracts or more, highest first
        group, interval : str; contracts : int; share : float in [0, 1]
    """
    spells = contracts.spells
    banned = {*NOT_FACTORS, *report.p.protected_columns}
    lost = (spells["end_reason"] == "involuntary") & spells["ended"]
    parts = [
        _shares(report, column, spells[column], lost)
        for column in category_columns(spells)
        if column not in banned and spells[column].nunique() <= 12
    ]
    spread = [part["share"].max() - part["share"].min() if len(part) > 1 else -1 for part in parts]
    if not spread or max(spread) < 0:
        return pd.DataFrame()
    return parts[spread.index(max(spread))]


@silent_when_absent
def contract_trust(report: Report, contracts: Contracts) -> Html:
    """How the chances were tested, against what, and what was left out."""
    study = contracts.study
    said = trust_in(study.evidence, study.leading.propensity)
    if len(study.causes) > 1:
        parts = [
            f"{cause} AUC {number(one.evidence.auc, 3)} ({number(one.evidence.events)} in the test)"
            for cause, one in study.causes.items()
        ]
        said.append(f"Modelled apart, their chances added up: {'; '.join(parts)}.")
    if contracts.is_dated:
        said.append(
            "Curves over tenure count each contract from the day it was watched (delayed entry) "
            "and treat the causes as competing (Aalen-Johansen)."
        )
    said += left_out(study.leading)
    return bullets([*said, contracts.note] if contracts.note else said)


@silent_when_absent
def contract_base_rates(report: Report, contracts: Contracts) -> Html:
    """Share of ends at each origin."""
    return base_rates(contracts.study.leading)


@silent_when_absent
def contract_calibration(report: Report, contracts: Contracts) -> Chart:
    """Forecast beside what happened in the test."""
    test = contracts.study.test
    tenths = calibration_table(test["outcome"], test["probability"])
    top = tenths.iloc[-1]
    forecast, seen = percent(top["probability_mean"]), percent(top["event_rate"])
    said = f"Of the tenth of contracts forecast at {forecast}, {seen} ended"
    return calibration_chart(
        tenths,
        event="ended",
        title=said,
        subtitle=f"Ten groups of equal size, {counted(len(test), 'contract')} of the test",
        alt=f"Line of observed share over forecast share, ten points. {said}.",
        source=f"{report.source.title}, contracts until {day(report.as_of)}",
    )


def _shows(column: pd.Series, name: str, limit: float | None, window: int) -> pd.Series:
    """True where a contract shows the sign; missing is no sign."""
    value = column.astype(float)
    if name == "trouble_count":
        return value >= limit
    return value <= (window if limit is None else limit)


def _sign(words: str, ended: pd.Series, shown: pd.Series) -> dict[str, object]:
    with_it, others = ended[shown], ended[~shown]
    if not len(with_it) or not len(others):
        return {"sign": words, "contracts": 0}
    low, high = share_interval(int(with_it.sum()), len(with_it))
    return {
        "sign": words,
        "contracts": len(with_it),
        "with_it": with_it.mean(),
        "without": others.mean(),
        "interval": f"{percent(low, 1)} to {percent(high, 1)}",
    }


def _shares(report: Report, factor: str, group: pd.Series, lost: pd.Series) -> pd.DataFrame:
    counts = lost.groupby(group.astype(str)).agg(["size", "sum"])
    counts = counts[counts["size"] >= report.p.min_group]
    ends = [
        share_interval(int(n), int(size))
        for n, size in zip(counts["sum"], counts["size"], strict=True)
    ]
    frame = pd.DataFrame(
        {
            "group": [f"{_name(factor)} {level}" for level in counts.index],
            "contracts": counts["size"].to_numpy(),
            "share": (counts["sum"] / counts["size"]).to_numpy(),
            "interval": [f"{percent(low, 1)} to {percent(high, 1)}" for low, high in ends],
        }
    )
    return frame.sort_values("share", ascending=False, kind="stable").reset_index(drop=True)


def _name(factor: str) -> str:
    return COLUMN_WORDS.get(factor, factor.replace("_", " "))
