"""Why contracts end: a study of ends -> factors beside each other, signs before."""

import numpy as np
import pandas as pd
from scipy.stats import fisher_exact, norm

from crm_helpers.charts.intervals import interval_chart
from crm_helpers.measures.statistics.claims import claim_level, claim_reach
from crm_helpers.measures.statistics.share_interval import share_interval
from crm_helpers.models.propensity.parts import PropensitySettings
from crm_helpers.models.survival.competing import CompetingStudy
from crm_helpers.models.survival.effects import hazard_effects, odds_effects
from crm_helpers.page.names import column_words, value_words
from crm_helpers.page.numerals import counted, day, number, per_hundred, percent
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, is_absent, unless_absent
from crm_helpers.page.words import answer, note, table

EFFECTS_SHOWN = 9
# What a spell holds besides factors.
NOT_FACTORS = ("entry_days", "exit_days", "ended", "end_reason", "customer_id", "started_on")
SIGNS = {
    "trouble_count": ("a ticket or call in the last quarter", 1.0),
    "days_since_fee_raised": ("a fee raised in the last quarter", 91.0),
    "renewal_in_days": ("a renewal due within the window", None),
    "orders_trend": ("fewer orders than before", 0.999),
}


@unless_absent(silent=True)
def why(
    report: Report, ends: CompetingStudy, spells: pd.DataFrame, settings: PropensitySettings
) -> Section:
    """What goes with ending a contract by choice: plan, price, service, each beside the others.

    Parameters
    ----------
    report : Report
    ends : CompetingStudy
    spells : DataFrame, one row per contract watched
        As given by `contract_study.spells`.
    settings : PropensitySettings
        The columns it leaves out are no factors.

    Returns
    -------
    Section
        data : one row per level or number, the largest ratio first, columns label, value (the
        ratio), low, high, factor, level, against, contracts
        Words alone with too few ends.
    """
    found = effects(ends, spells, left_out=settings.left_out)
    if is_absent(found):
        return Section.of(note(found.reason))
    frame = _labelled(found)
    words = _hazard_words(spells) if not spells.empty else _odds_words()
    said = _effect_words(frame, words["measure"])
    frame = frame.head(EFFECTS_SHOWN)
    chart = interval_chart(
        frame,
        form=lambda ratio: f"x {ratio:.2f}",
        reference=1.0,
        is_ratio=True,
        x_label=words["x_label"],
        title=said,
        subtitle=words["subtitle"],
        alt=f"Points with intervals on a ratio scale. {said}; {len(frame)} factors shown.",
        source=f"{report.source.title}, contracts until {day(report.as_of)}",
    )
    others = _other_ends(spells)
    return Section.of(chart, *[note(others)] * bool(others))


@unless_absent
def effects(
    ends: CompetingStudy, spells: pd.DataFrame, *, left_out: tuple[str, ...]
) -> pd.DataFrame:
    """Ratios of the factors, the largest first.

    Parameters
    ----------
    ends : CompetingStudy
    spells : DataFrame, one row per contract watched
        Without rows for a snapshot: then odds are compared, not hazards.
    left_out : tuple of str
        Columns that are no factors, such as protected attributes.

    Returns
    -------
    DataFrame, one row per level or number
        factor, level, against : str; ratio, low, high : float; contracts : int
        Absent with too few ends.
    """
    banned = {*NOT_FACTORS, *left_out}
    if spells.empty:
        usable = [c for c in ends.propensity.columns if c not in banned]
        return odds_effects(ends.labelled, usable, outcome="churned")
    columns = [c for c in spells if c not in banned]
    cause = "voluntary" if "end_reason" in spells else ""
    return hazard_effects(spells, columns, cause=cause)


@unless_absent(silent=True)
def signs_before(ends: CompetingStudy, *, outcome_days: int, min_group: int) -> Section:
    """What those who left had shown before, beside those who stayed.

    Parameters
    ----------
    ends : CompetingStudy
    outcome_days, min_group : int

    Returns
    -------
    Section
        data : one row per sign, columns sign, contracts, with_it, without, interval,
        sign_chance (see `signs`)
        Words alone where the data hold no dated sign.
    """
    found = signs(ends, outcome_days=outcome_days, min_group=min_group)
    if found.empty:
        words = "The data hold no dated signs (trouble, price, orders) from before the end."
        return Section.of(note(words))
    top = found.iloc[0]
    said = "No sign is shown to go with ending a contract by more than chance"
    if top["sign_chance"] < 1 - claim_level(len(found)):
        said = (
            f"Of those with {top['sign']}, {per_hundred(top['with_it'])} ended their contract, of "
            f"the others {per_hundred(top['without'])}"
        )
    columns = {
        "sign": "Sign",
        "contracts": ("Contracts with it", number),
        "with_it": ("Ended, with it", _tenths),
        "without": ("Ended, without", _tenths),
        "interval": "95 % interval, with it",
    }
    return Section.of(answer(said), table(found, columns))


def signs(ends: CompetingStudy, *, outcome_days: int, min_group: int) -> pd.DataFrame:
    """Share of contracts that ended in the window, with and without each sign, all origins.

    Parameters
    ----------
    ends : CompetingStudy
    outcome_days, min_group : int

    Returns
    -------
    DataFrame, one row per sign that min_group contracts show, the largest difference first
        sign, interval : str; contracts : int; with_it, without : float in [0, 1]
        sign_chance : float in [0, 1], of such a difference where there is none (Fisher)
        Without rows for a snapshot.
    """
    if not ends.is_dated:
        return pd.DataFrame()
    rows, found = ends.labelled, []
    for column, (words, limit) in SIGNS.items():
        if column in rows:
            shown = _shows(rows[column], column, limit, outcome_days)
            found.append(_sign(words, rows["ended"].astype(bool), shown))
    compared = pd.DataFrame([one for one in found if one["contracts"] >= min_group])
    if compared.empty:
        return compared
    size = (compared["with_it"] - compared["without"]).abs()
    return compared.loc[size.sort_values(ascending=False).index].reset_index(drop=True)


def _effect_words(frame: pd.DataFrame, measure: str) -> str:
    """The largest ratio beyond chance, allowing for all that were looked at."""
    errors = np.log(frame["high"] / frame["low"]) / (2 * norm.ppf(0.975))
    clear = frame[np.log(frame["ratio"]).abs() > claim_reach(len(frame)) * errors]
    if clear.empty:
        return "Nothing is shown to go with ending a contract by more than chance"
    top = clear.iloc[0]
    ratio = f"{number(top['ratio'], 2)} times the {measure} of {top['against']}"
    return f"{top['label'].capitalize()} goes with {ratio}"


def _labelled(frame: pd.DataFrame) -> pd.DataFrame:
    pairs = zip(frame["factor"], frame["level"], strict=True)
    labels = [f"{column_words(factor)}: {value_words(factor, level)}" for factor, level in pairs]
    against = [value_words(*pair) for pair in zip(frame["factor"], frame["against"], strict=True)]
    return frame.assign(label=labels, against=against, value=frame["ratio"])


def _hazard_words(spells: pd.DataFrame) -> dict[str, str]:
    ends = "end by choice" if "end_reason" in spells else "end"
    return {
        "measure": "risk",
        "x_label": "Hazard ratio, 1: no difference",
        "subtitle": f"Risk to {ends}, each factor beside the others; intervals: 95 %",
    }


def _other_ends(spells: pd.DataFrame) -> str:
    """What becomes of ends not by choice, and of those whose reason is not stated."""
    if spells.empty or "end_reason" not in spells:
        return ""
    reasons = spells.loc[spells["ended"].astype(bool), "end_reason"]
    unnamed, other = int(reasons.isna().sum()), int((reasons.dropna() != "voluntary").sum())
    if not unnamed + other:
        return ""
    parts = [f"{number(other)} not by choice"] * bool(other)
    parts += [f"{number(unnamed)} for a reason not stated"] * bool(unnamed)
    told = (
        f"{' and '.join(parts).capitalize()} of {counted(len(reasons), 'end')} count as watched "
        "until they ended."
    )
    if not unnamed:
        return told
    return (
        f"{told} Some of those without a reason may have been by choice: if reasons are missing "
        "more often in one group than in another, its ratio is too low. State the reasons in the "
        "source."
    )


def _odds_words() -> dict[str, str]:
    return {
        "measure": "odds",
        "x_label": "Odds ratio, 1: no difference",
        "subtitle": "Odds to have left, each factor beside the others; 95 %",
    }


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
        "sign_chance": fisher_exact(
            [[part.sum(), (~part).sum()] for part in (with_it, others)]
        ).pvalue,
        "interval": f"{percent(low, 1)} to {percent(high, 1)}",
    }


def _tenths(share: float) -> str:
    return percent(share, 1)
