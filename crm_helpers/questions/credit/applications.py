"""Applications for credit: a report -> rows of the profiled, known outcomes, usable attributes."""

from dataclasses import dataclass

import pandas as pd

from crm_helpers.features.applications import AFTERWARDS, known_applications
from crm_helpers.models.credit.methods import CreditSettings
from crm_helpers.models.credit.study import BEFORE, KEY, enough_in_time
from crm_helpers.models.propensity.model_columns import alarms_in, model_columns
from crm_helpers.models.propensity.parts import PropensitySettings
from crm_helpers.models.propensity.study import shuffled
from crm_helpers.page.needs import has_columns
from crm_helpers.page.numerals import counted, day, number, per_hundred
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, section, unless_absent
from crm_helpers.page.words import table
from crm_helpers.questions.consents import consents, who_may_be_grouped
from crm_helpers.questions.credit.phrases import STATES, said
from crm_helpers.questions.left_out import alarm, why_left_out
from crm_helpers.tables.needs import Skip

NO_ATTRIBUTES = (
    KEY,
    *AFTERWARDS,
    *("customer_id", "customer", "state", "role", "quarter", "approved_quarter", "default_days"),
)


@dataclass(frozen=True, repr=False)
class Predictors:
    """Attributes of an application, and which of them a method may use.

    Attributes
    ----------
    columns : list of str
        Those that may be used.
    attributes : list of str
        All but the protected ones.
    left_out : DataFrame, one row per attribute left out
        column, reason : str
    """

    columns: list[str]
    attributes: list[str]
    left_out: pd.DataFrame

    @property
    def alarms(self) -> pd.DataFrame:
        """Attributes that the leakage alarm left out, from `alarms_in`."""
        return alarms_in(self.left_out)

    @property
    def left_out_said(self) -> list[str]:
        """Attributes left out with their reasons, in one sentence; none where none was."""
        rows = self.left_out.itertuples()
        parts = "; ".join(f"{said(row.column)} ({why_left_out(row)})" for row in rows)
        return [f"Attributes left out: {parts}."] * bool(parts)

    @property
    def to_settle(self) -> str:
        """What the alarm left out, and how to settle it; empty where it left out nothing."""
        return alarm(self.alarms)

    def __repr__(self) -> str:
        """Counts and names, in one line."""
        names = ", ".join(self.left_out["column"]) or "none"
        of = f"{len(self.columns)} of {len(self.attributes)}"
        return f"Predictors: {of} attributes, left out: {names}"


def made(report: Report, *, outcome_days: int, test_days: int) -> pd.DataFrame:
    """Every application made by the as-of date.

    Parameters
    ----------
    report : Report
    outcome_days : int
        Days after the decision in which a default counts.
    test_days : int
        Days of the latest known applications that test the card.

    Returns
    -------
    DataFrame, one row per application
        application_id, state ("open", "declined", "running", "known"), defaulted, and where the
        source has them customer_id, decision, decided_by, role, quarter, approved_quarter,
        default_days; see ``features.applications.known_applications``
        and each of the attributes of the application, such as amount and term_months
    """
    return report.features(known_applications, outcome_days=outcome_days, test_days=test_days)


def profiled(
    report: Report, made: pd.DataFrame, *, shuffle_outcomes: bool, seed: int
) -> pd.DataFrame:
    """Applications of those who did not refuse to be profiled.

    A customer whose row was set aside may have refused: then nobody knows, and he is left out.

    Parameters
    ----------
    report : Report
    made : DataFrame, one row per application
    shuffle_outcomes : bool
        Deal the outcomes out anew, within each role, to test that nothing is found.
    seed : int

    Returns
    -------
    DataFrame, one row per application
        The columns of `made`:
        application_id, [customer_id], state, defaulted, [decision, decided_by, role, quarter,
        approved_quarter, default_days], and each of the attributes of the application
    """
    rows = who_may_be_grouped(made, consents(report)) if "customer_id" in made else made
    if shuffle_outcomes:
        by_role = rows.assign(origin_on=rows["role"] if "role" in rows else "all")
        rows = shuffled(by_role, "defaulted", seed=seed).drop(columns="origin_on")
    return rows.reset_index(drop=True)


@unless_absent
def known(asked: pd.DataFrame, *, min_events: int) -> pd.DataFrame:
    """Applications whose outcome is known.

    Too few outcomes for a test in time are still enough for folds: then there is no role.

    Parameters
    ----------
    asked : DataFrame, one row per application
    min_events : int
        Fewest defaults, and fewest repaid credits, before the test and in it.

    Returns
    -------
    DataFrame, one row per application with a known outcome
        The columns of `asked`:
        application_id, [customer_id], state, defaulted, [decision, decided_by, role, quarter,
        approved_quarter, default_days], and each of the attributes of the application
        defaulted : bool; role only where the card is tested in time
    """
    rows = asked[asked["state"] == "known"]
    if rows.empty:
        raise Skip(
            "No application has a known outcome: `defaulted` is empty everywhere. "
            "Wait for outcomes or map them under `applications:`."
        )
    rows = rows.assign(defaulted=rows["defaulted"].astype(bool)).reset_index(drop=True)
    thin = "role" in rows and not enough_in_time(rows, CreditSettings(min_events=min_events))
    return rows.drop(columns="role") if thin else rows


@unless_absent
def predictors(
    report: Report,
    known: pd.DataFrame,
    *,
    protected_columns: list[str],
    exclude_columns: list[str],
    seed: int,
) -> Predictors:
    """Attributes that the methods may use, judged on what was known before the test.

    Parameters
    ----------
    report : Report
    known : DataFrame, one row per application with a known outcome
    protected_columns, exclude_columns : list of str
        No method may use them; the audit looks at the former.
    seed : int

    Returns
    -------
    Predictors
        columns, attributes : list of str; left_out : DataFrame of column, reason
    """
    rows = known[known["role"].isin(BEFORE)] if "role" in known else known
    attributes = [c for c in known if c not in {*NO_ATTRIBUTES, *protected_columns}]
    settled = report.source.settled
    settings = PropensitySettings(
        seed=seed,
        exclude_columns=(*exclude_columns, *settled["exclude_columns"]),
        trusted_columns=settled["trusted_columns"],
    )
    allowed = model_columns(
        rows[[KEY, *attributes]],
        rows["defaulted"].to_numpy(),
        [KEY, "defaulted"],
        settings,
        watched=() if is_dated(report) else tuple(attributes),
    )
    return Predictors(allowed.used, attributes, allowed.left_out)


@unless_absent
def bad(
    report: Report,
    made: pd.DataFrame,
    asked: pd.DataFrame,
    known: pd.DataFrame,
    *,
    outcome_days: int,
) -> Section:
    """What bad means, and how many of the approved went bad.

    Parameters
    ----------
    report : Report
    made, asked, known : DataFrame, one row per application
        All; those of the profiled; of these the ones whose outcome is known.
    outcome_days : int
        Days after the decision in which a default counts.

    Returns
    -------
    Section
        data : one row per state that occurs; columns state (in words), n
    """
    counts = asked["state"].value_counts()
    lines = [(words, int(counts.get(state, 0))) for state, words in STATES.items()]
    shown = pd.DataFrame(lines, columns=["state", "n"])
    says = f"{per_hundred(float(known['defaulted'].mean()), 'approved credits')} went bad"
    within = (
        f" within {outcome_days} days of the decision; younger credits are not counted, because "
        "a default is often known before a good ending is"
    )
    beside = (
        f"Bad means: marked as defaulted in the source{within if is_dated(report) else ''}. What "
        f"the declined would have done nobody has seen. {_left_out(len(made) - len(asked))}"
    )
    columns = {"state": "Applications", "n": ("Count", number)}
    return section(says, table(shown[shown["n"] > 0], columns), beside)


def amounts(rows: pd.DataFrame, known: pd.DataFrame) -> pd.Series:
    """Amount that each application asked for; the mean of the known ones where it is not stated.

    Parameters
    ----------
    rows : DataFrame, one row per application
    known : DataFrame, one row per application with a known outcome

    Returns
    -------
    Series of float, in currency, shape (n_applications,)

    Raises
    ------
    Skip
        If the source has no amounts.
    """
    if "amount" not in rows:
        raise Skip("The applications have no amount, so no money can be put beside them.")
    return rows["amount"].astype(float).fillna(float(known["amount"].mean()))


def is_dated(report: Report) -> bool:
    """Whether the source says when applications were made."""
    return has_columns(report.tables, "applications", "applied_on")


def source_of(report: Report) -> str:
    """Source line of the charts: whose applications, and until when."""
    until = f", applications until {day(report.as_of)}" if is_dated(report) else ", undated"
    return f"{report.source.title}{until}"


def _left_out(refused: int) -> str:
    if not refused:
        return "Nobody was left out for having refused to be profiled."
    return (
        f"{counted(refused, 'application')} of customers who refused to be profiled, or whose "
        "consent is not known, are left out: a person decides on them without a score."
    )
