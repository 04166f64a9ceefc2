"""Who ends a contract: a study of ends -> how many contracts, and which fees go with them."""

import pandas as pd

from crm_helpers.measures.forecasts.loss_forecast import LossForecast, loss_forecast
from crm_helpers.models.survival.competing import CompetingStudy
from crm_helpers.page.names import values_in_words
from crm_helpers.page.numerals import counted, interval, number, per_hundred
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, is_absent, unless_absent
from crm_helpers.page.words import answer, note, table
from crm_helpers.questions.churn.terms import Terms

PLANS_SHOWN = 12


@unless_absent
def forecast(ends: CompetingStudy, terms: Terms, *, seed: int) -> LossForecast:
    """Expected ends and the fees that go with them, with predictive intervals.

    Parameters
    ----------
    ends : CompetingStudy
    terms : Terms
    seed : int

    Returns
    -------
    LossForecast
        customers, value : float; customers_interval, value_interval : Interval
    """
    return loss_forecast(
        ends.scored["probability"],
        terms.fees_ahead(ends.scored),
        level_errors=ends.level_errors,
        seed=seed,
    )


def size(
    report: Report,
    ends: CompetingStudy,
    forecast: LossForecast,
    terms: Terms,
    *,
    outcome_days: int,
    min_group: int,
) -> Section:
    """How many contracts are expected to end, and a table by plan.

    Parameters
    ----------
    report : Report
    ends : CompetingStudy
    forecast : LossForecast
    terms : Terms
    outcome_days, min_group : int

    Returns
    -------
    Section
        data : one row per plan, columns plan, contracts, ends, [fees] (see `by_plan`)
        findings : contract_customers_scored, contract_ends_expected, and where fees are known
        expected_loss
        Words alone where nothing was found or there is no study.
    """
    if is_absent(ends):
        return Section.of(note(ends.reason))
    if not ends.finds_something:
        return _nothing_found(ends)
    rows = by_plan(ends, terms, min_group=min_group)
    columns = {c: form for c, form in _plan_columns(report, ends, terms).items() if c in rows}
    says = how_many(ends, forecast, outcome_days=outcome_days)
    shown = Section.of(answer(says), table(rows, columns))
    shown = shown.finds("contract_customers_scored", len(ends.scored), "customers")
    if forecast.is_priced:
        low, high = forecast.value_interval
        shown = shown.finds("expected_loss", forecast.value, report.currency, low=low, high=high)
    least, most = forecast.customers_interval
    ends_of = {"low": least, "high": most, "of": len(ends.scored)}
    return shown.finds("contract_ends_expected", forecast.customers, "contracts", **ends_of)


def how_many(ends: CompetingStudy, forecast: LossForecast, *, outcome_days: int) -> str:
    """How many contracts will end; of a snapshot, how many are like those that had ended.

    A snapshot says who has left, not in what time: no period can be promised.

    Parameters
    ----------
    ends : CompetingStudy
    forecast : LossForecast
    outcome_days : int

    Returns
    -------
    str, without a full stop
    """
    share = forecast.customers / len(ends.scored)
    if not ends.is_dated:
        return f"{per_hundred(share, 'running contracts')} are like those that had ended"
    return f"{per_hundred(share, 'contracts')} will probably end in the next {outcome_days} days"


def by_plan(ends: CompetingStudy, terms: Terms, *, min_group: int) -> pd.DataFrame:
    """Contracts, ends expected and fees lost by plan, the most expensive loss first.

    Parameters
    ----------
    ends : CompetingStudy
    terms : Terms
    min_group : int

    Returns
    -------
    DataFrame, one row per plan of min_group contracts or more
        plan : str; contracts : int; ends : float; [fees] : float, where fees are known
    """
    rows = ends.scored
    lost = rows["probability"] * terms.fees_ahead(rows)
    plan = pd.Series("all", index=rows.index)
    if "plan" in rows:
        plan = pd.Series(values_in_words("plan", rows["plan"]), index=rows.index)
    frame = pd.DataFrame({"plan": plan, "ends": rows["probability"], "fees": lost})
    found = frame.groupby("plan").agg(
        contracts=("ends", "size"), ends=("ends", "sum"), fees=("fees", "sum")
    )
    shown = found[found["contracts"] >= min_group]
    shown = shown.sort_values(["fees", "ends"], ascending=False).head(PLANS_SHOWN).reset_index()
    return shown.drop(columns="fees") if terms.asks_for_fees(rows) else shown


@unless_absent(silent=True)
def loss(
    report: Report,
    ends: CompetingStudy,
    forecast: LossForecast,
    terms: Terms,
    *,
    outcome_days: int,
    min_group: int,
) -> Section:
    """Lost contracts beside lost fees, with the interval of both, and renewals due, as a note.

    Parameters
    ----------
    report : Report
    ends : CompetingStudy
    forecast : LossForecast
    terms : Terms
    outcome_days, min_group : int

    Returns
    -------
    Section
        Words alone; empty where nothing was found.
    """
    if not ends.finds_something:
        return Section.absent("The data do not tell who ends a contract.", silent=True)
    counted_ends = f"{number(forecast.customers)} ({interval(*forecast.customers_interval)}"
    said = f"Expected ends: {counted_ends} in 95 of 100 windows like this)"
    if not ends.is_dated:
        said = (
            f"Like those that had ended: {counted_ends} in 95 of 100 snapshots like this). It has "
            "no dates, so nobody can say by when they would end"
        )
    if forecast.value > 0:
        worth = interval(*forecast.value_interval, form=report.money)
        fees = f"{terms.horizon_months} months of their fees are {report.money(forecast.value)}"
        said = f"{said}; {fees} ({worth})"
    elif not forecast.is_priced:
        said = f"{said}; what they are worth is not known, as the source has no monthly fee"
    said = f"{said}.{_filled(ends.scored)}"
    renewals = _renewals(ends.scored, outcome_days, min_group)
    return Section.of(note(f"{said}{renewals}"))


def _nothing_found(ends: CompetingStudy) -> Section:
    shown = Section.of(
        answer("The data do not tell who will end a contract, so nobody is named"),
        note(
            f"{per_hundred(ends.evidence.base_rate, 'contracts')} "
            f"{'ended in the window of the test' if ends.is_dated else 'had ended'}, but nothing "
            "in the data goes with it by more than chance."
        ),
    )
    return shown.finds("contract_customers_scored", len(ends.scored), "customers")


def _plan_columns(report: Report, ends: CompetingStudy, terms: Terms) -> dict[str, object]:
    lost = "lost" if ends.is_dated else "of these"
    return {
        "plan": "Plan",
        "contracts": ("Contracts running", number),
        "ends": ("Ends expected" if ends.is_dated else "Like those that had ended", number),
        "fees": (f"Fees of {terms.horizon_months} months {lost}, {report.currency}", number),
    }


def _filled(rows: pd.DataFrame) -> str:
    """How many fees are not known, where some are."""
    unknown = int(rows["monthly_fee"].isna().sum()) if "monthly_fee" in rows else 0
    if not 0 < unknown < len(rows):
        return ""
    return f" Of {counted(unknown, 'contract')} the fee is not known: the usual one is counted."


def _renewals(rows: pd.DataFrame, outcome_days: int, min_group: int) -> str:
    if "renewal_in_days" not in rows:
        return ""
    due = rows["renewal_in_days"] <= outcome_days
    if due.sum() < min_group or (~due).sum() < min_group:
        return ""
    chance, other = rows.loc[due, "probability"].mean(), rows.loc[~due, "probability"].mean()
    return (
        f" Renewals due: {number(due.sum())}, of which {per_hundred(chance)} are expected to end, "
        f"against {per_hundred(other)} of the others."
    )
