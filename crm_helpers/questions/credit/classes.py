"""Classes: points of applications -> the chance they stand for, their class, default rates."""

import numpy as np
import pandas as pd

from crm_helpers.charts.chart import Chart
from crm_helpers.charts.intervals import interval_chart
from crm_helpers.measures.credit.class_rates import class_rates, rising_steps
from crm_helpers.models.credit.classes import credit_classes
from crm_helpers.models.credit.study import KEY, CreditStudy
from crm_helpers.page.numerals import number, per_hundred, percent
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, section, unless_absent
from crm_helpers.questions.credit.applications import source_of
from crm_helpers.questions.credit.group_rates import MIN_GROUP
from crm_helpers.tables.needs import Skip


def scored(asked: pd.DataFrame, study: CreditStudy, per_class: pd.DataFrame) -> pd.DataFrame:
    """All applications with points, chance and class by the card of today.

    Where folds tested the card a known application keeps the points of the fold that had not
    seen it.

    Parameters
    ----------
    asked : DataFrame, one row per application
    study : CreditStudy
    per_class : DataFrame, one row per class

    Returns
    -------
    DataFrame, one row per application
        The columns of `asked`:
        application_id, [customer_id], state, defaulted, [decision, decided_by, role, quarter,
        approved_quarter, default_days], and each of the attributes of the application
        points : int; chance : float in (0, 1), of default; credit_class : ordered category, the
        best first
    """
    points = study.card.score(asked[study.columns]).astype(float)
    if not study.in_time:
        unseen = study.once.set_index(KEY)["points"]
        own = asked[KEY].map(unseen).to_numpy(dtype=float)
        points = np.where(np.isnan(own), points, own)
    return asked.assign(**by_points(points, study, per_class))


def tested(known: pd.DataFrame, study: CreditStudy, per_class: pd.DataFrame) -> pd.DataFrame:
    """Tested applications, each once, with the amount asked for, chance and class.

    Parameters
    ----------
    known : DataFrame, one row per application with a known outcome
    study : CreditStudy
    per_class : DataFrame, one row per class

    Returns
    -------
    DataFrame, one row per tested application
        application_id, customer : str; defaulted : bool; fold : int; [quarter, amount]
        rule, scorecard, and each challenger, such as logistic, genetic_logistic, tree,
        naive_bayes, rough_rules, fuzzy_rules, mlp, lightgbm : float, its chance of default
        points : int; chance : float in (0, 1); credit_class : ordered category
    """
    once = study.once
    money = [c for c in ("amount",) if c in known]
    asked = known.set_index(KEY)[money].loc[once[KEY]].reset_index(drop=True)
    found = by_points(once["points"].to_numpy(), study, per_class)
    return pd.concat([once, asked], axis=1).assign(**found)


def by_points(points: np.ndarray, study: CreditStudy, per_class: pd.DataFrame) -> dict[str, object]:
    """Points as whole numbers, the chance of default they stand for, and the class."""
    return {
        "points": np.asarray(points, dtype=int),
        "chance": study.card.scale.chance(points),
        "credit_class": credit_classes(points, per_class["floor"]).array,
    }


@unless_absent
def rates(proven: pd.DataFrame, *, min_group: int = MIN_GROUP) -> pd.DataFrame:
    """Default rate of each class in the test.

    Parameters
    ----------
    proven : DataFrame, one row per tested application
    min_group : int
        Customers below which the rate of a class is not told.

    Returns
    -------
    DataFrame, one row per class that holds tested applications, the best first
        credit_class : str; n : int; share, event_rate, low, high, expected : float in [0, 1];
        event_rate, low and high are missing where a class holds fewer than `min_group` customers
    """
    found = class_rates(proven["credit_class"], proven["defaulted"], proven["chance"])
    people = proven.groupby(proven["credit_class"].astype(str))["customer"].nunique()
    few = (found["credit_class"].map(people) < min_group).to_numpy()
    told = ["event_rate", "low", "high"]
    return found.assign(**{name: found[name].mask(few) for name in told})


@unless_absent
def default_rates(report: Report, rates: pd.DataFrame, per_class: pd.DataFrame) -> Section:
    """Default rate of each class in the test, with intervals.

    Parameters
    ----------
    report : Report
    rates, per_class : DataFrame, one row per class

    Returns
    -------
    Section
        data : one row per class whose rate is told; columns label, value (share that defaulted),
        low, high, credit_class, n, share, expected; findings : classes
    """
    told = rates.dropna(subset=["event_rate"]).reset_index(drop=True)
    if told.empty:
        raise Skip("No class holds enough tested customers for a rate that could be told.")
    expected = ", ".join(f"{r.credit_class} {percent(r.expected)}" for r in rates.itertuples())
    beside = (
        f"Expected beforehand: {expected}. Points: {_floors(per_class)}. Where intervals overlap, "
        f"two classes may be one. {_too_few(rates)}The chart does not show the declined: only "
        "approved credits have outcomes."
    )
    steps, n = rising_steps(told), int(rates["n"].sum())
    return section(
        first_and_last(told, what="credits", did="went bad"), _chart(report, told, steps), beside
    ).finds("classes", len(told), "classes", n=n, baseline=steps + 1)


def first_and_last(rates: pd.DataFrame, *, what: str, did: str) -> str:
    """Default rates of the best and of the worst class whose rate is told, as one phrase.

    Examples
    --------
    >>> rates = pd.DataFrame({"credit_class": ["A", "B", "C"], "event_rate": [0.1, 0.4, None]})
    >>> first_and_last(rates, what="credits", did="go bad")
    '10 of 100 credits in class A go bad, 40 of 100 in class B'
    """
    told = rates.dropna(subset=["event_rate"])
    first, last = told.iloc[0], told.iloc[-1]
    best = f"{per_hundred(first.event_rate, what)} in class {first.credit_class} {did}"
    worst = f", {per_hundred(last.event_rate)} in class {last.credit_class}"
    return best + worst * (len(told) > 1)


def _too_few(rates: pd.DataFrame) -> str:
    few = rates[rates["event_rate"].isna()]
    names = ", ".join(f"{r.credit_class} ({number(r.n)})" for r in few.itertuples())
    return f"Too few tested credits for a rate: {names}. " if len(few) else ""


def _chart(report: Report, rates: pd.DataFrame, steps: int) -> Chart:
    first, last, possible = rates.iloc[0], rates.iloc[-1], len(rates) - 1
    lines = rates.rename(columns={"event_rate": "value"}).assign(
        label=rates["credit_class"] + " (n " + rates["n"].map(number) + ")"
    )
    rise = "from class to class" if steps == possible else f"in {steps} of {possible} steps"
    title = f"The default rate rises {rise}" if possible else "One class alone has a rate"
    return interval_chart(
        lines,
        form=percent,
        x_label="Share that defaulted",
        title=title,
        subtitle=f"Defaults by class in the test, {number(rates['n'].sum())} credits, "
        "intervals at 95 %",
        alt=f"Points with intervals for {len(rates)} classes: {percent(first.event_rate)} in "
        f"class {first.credit_class}, {percent(last.event_rate)} in {last.credit_class}.",
        source=source_of(report),
    )


def _floors(per_class: pd.DataFrame) -> str:
    floors = per_class["floor"]
    known = [f"{name} from {number(floor)}" for name, floor in floors.iloc[:-1].items()]
    return f"{', '.join(known)}, {floors.index[-1]} below"


def mix(rows: pd.DataFrame, names: pd.Index) -> list[float]:
    """Share of the applications in each class, in the order of the names."""
    shares = rows["credit_class"].astype(str).value_counts(normalize=True)
    return shares.reindex(names).fillna(0.0).tolist()
