"""Who stops ordering: a study of lapses -> how many, how well found, how many to contact."""

import pandas as pd

from crm_helpers.charts.gain import gain_chart
from crm_helpers.charts.profit import profit_chart
from crm_helpers.charts.still_away import still_away_chart
from crm_helpers.features.outcomes import days_to_next_order
from crm_helpers.features.windows import ONE_DAY
from crm_helpers.measures.forecasts import profit_curve as profits
from crm_helpers.measures.forecasts.gain import found_share_at, gain_curve
from crm_helpers.measures.forecasts.loss_forecast import LossForecast, loss_forecast
from crm_helpers.measures.survival.still_away import still_away
from crm_helpers.models.propensity.study import Study
from crm_helpers.page.numerals import counted, day, interval, number, per_hundred, percent
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, is_absent, unless_absent
from crm_helpers.page.words import answer, note, table
from crm_helpers.questions.churn.terms import Terms
from crm_helpers.questions.evidence import MOST_AT_RISK, rule_words

RISKS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


@unless_absent
def forecast(lapses: Study, terms: Terms, *, seed: int) -> LossForecast:
    """Expected lapses and the margin that goes with them, with predictive intervals.

    Parameters
    ----------
    lapses : Study
    terms : Terms
    seed : int

    Returns
    -------
    LossForecast
        customers, value : float; customers_interval, value_interval : Interval
    """
    return loss_forecast(
        lapses.scored["probability"],
        terms.margin_lost(lapses.scored),
        level_errors=lapses.propensity.level_errors,
        seed=seed,
    )


def size(
    report: Report,
    lapses: Study,
    forecast: LossForecast,
    terms: Terms,
    *,
    outcome_days: int,
    min_group: int,
) -> Section:
    """How many customers are expected to lapse, and a table by risk.

    Parameters
    ----------
    report : Report
    lapses : Study
    forecast : LossForecast
    terms : Terms
    outcome_days, min_group : int

    Returns
    -------
    Section
        data : one row per risk, columns risk, customers, lapses, [at_stake] (see `risks`)
        findings : customers_scored, lapses_expected, and where prices are known
        lapse_margin_at_stake
        Words alone where nothing was found or there is no study.
    """
    if is_absent(lapses):
        return Section.of(note(lapses.reason))
    if not lapses.finds_something:
        return _nothing_found(lapses, outcome_days)
    share = forecast.customers / len(lapses.scored)
    said = f"{per_hundred(share, 'active customers')} will probably not order in the next "
    rows = risks(lapses, terms, min_group=min_group)
    columns = {c: form for c, form in _risk_columns(report).items() if c in rows}
    low, high = forecast.customers_interval
    shown = Section.of(answer(f"{said}{outcome_days} days"), table(rows, columns))
    shown = shown.finds("customers_scored", len(lapses.scored), "customers")
    counted_of = {"low": low, "high": high, "of": len(lapses.scored)}
    shown = shown.finds("lapses_expected", forecast.customers, "customers", **counted_of)
    if not forecast.is_priced:
        return shown
    least, most = forecast.value_interval
    return shown.finds(
        "lapse_margin_at_stake", forecast.value, report.currency, low=least, high=most
    )


def risks(lapses: Study, terms: Terms, *, min_group: int) -> pd.DataFrame:
    """Customers, lapses and margin at stake by risk, the highest risk first.

    Parameters
    ----------
    lapses : Study
    terms : Terms
    min_group : int

    Returns
    -------
    DataFrame, one row per risk that min_group customers or more have
        risk : str; customers : int; lapses : float
        [at_stake] : float, in currency, where prices are known
    """
    chance = lapses.scored["probability"]
    pairs = zip(RISKS[:-1], RISKS[1:], strict=True)
    names = [f"{low * 100:.0f} to {high * 100:.0f} of 100" for low, high in pairs]
    risk = pd.cut(chance, RISKS, labels=names, include_lowest=True)
    lost = chance * terms.margin_lost(lapses.scored)
    rows = pd.DataFrame({"risk": risk, "lapses": chance, "at_stake": lost})
    found = rows.groupby("risk", observed=True).agg(
        customers=("lapses", "size"), lapses=("lapses", "sum"), at_stake=("at_stake", "sum")
    )
    shown = found[found["customers"] >= min_group]
    shown = shown.iloc[::-1].reset_index().astype({"risk": str})
    return shown.drop(columns="at_stake") if lost.isna().any() else shown


@unless_absent(silent=True)
def loss(report: Report, lapses: Study, forecast: LossForecast, terms: Terms) -> Section:
    """Lost customers beside lost money, with the interval of both, as a note.

    Parameters
    ----------
    report : Report
    lapses : Study
    forecast : LossForecast
    terms : Terms

    Returns
    -------
    Section
        Words alone; empty where nothing was found.
    """
    if not lapses.finds_something:
        return Section.absent("The data do not tell who will leave.", silent=True)
    customers = interval(*forecast.customers_interval)
    said = (
        f"Expected: {number(forecast.customers)} lapses (95 of 100 windows like this: {customers})"
    )
    if not forecast.is_priced:
        words = f"{said}. The source has no prices, so no money can be put beside them."
        return Section.of(note(words))
    worth = interval(*forecast.value_interval, form=report.money)
    return Section.of(
        note(
            f"{said}. They will bring {report.money(forecast.value)} ({worth}) of margin less in "
            f"{terms.ahead_words} after the window than if they did not lapse; those who order "
            "again by then are counted in."
        )
    )


@unless_absent(silent=True)
def gain(report: Report, lapses: Study) -> Section:
    """How well the model finds the lapses of the test window, beside the plain rule.

    Parameters
    ----------
    report : Report
    lapses : Study

    Returns
    -------
    Section
        data : one row per curve and distinct score, columns order (model or rule),
        contacted_share, found_share
    """
    test = lapses.propensity.test
    model = gain_curve(test["outcome"], test["probability"])
    rule = gain_curve(test["outcome"], test["rule_score"])
    found, by_rule = found_share_at(model, MOST_AT_RISK), found_share_at(rule, MOST_AT_RISK)
    origin = day(pd.Timestamp(test["origin_on"].iloc[0]).date())
    said = f"The {percent(MOST_AT_RISK)} most at risk held {percent(found)} of the lapses"
    chart = gain_chart(
        model,
        rule,
        rule_name=rule_words(lapses.propensity),
        event="lapses",
        title=f"{said}, by the plain rule {percent(by_rule)}",
        subtitle=f"Share of lapses found, {number(len(test))} customers seen from {origin}",
        alt=f"Gain curves over the share contacted. {said}, by the plain rule {percent(by_rule)}.",
        source=_source(report),
    )
    return Section.of(chart)


@unless_absent(silent=True)
def window(report: Report, lapses: Study, *, observation_days: int, outcome_days: int) -> Section:
    """How much hangs on the length of the window that is called a lapse.

    Parameters
    ----------
    report : Report
    lapses : Study
        Nothing is shown where there is none.
    observation_days, outcome_days : int

    Returns
    -------
    Section
        data : one row per day waited, columns days, away_share
    """
    twice = 2 * outcome_days
    origin = report.as_of - twice * ONE_DAY
    waits = report.features(
        days_to_next_order, as_of=origin, observation_days=observation_days, outcome_days=twice
    )
    curve = still_away(waits["next_order_days"], until_days=twice)
    away = curve.set_index("days")["away_share"]
    later = (away[outcome_days] - away[twice]) / max(away[outcome_days], 1e-9)
    people = counted(len(waits), "customer")
    said = f"{per_hundred(later)} of those called lapsed ordered in the {outcome_days} days after"
    chart = still_away_chart(
        curve,
        outcome_days=outcome_days,
        title=said,
        subtitle=f"Share of {people} not back yet, seen from {day(origin)}",
        alt=f"Falling curve over days waited: after {outcome_days} days "
        f"{percent(away[outcome_days])} are away, after {twice} days {percent(away[twice])}.",
        source=_source(report),
    )
    return Section.of(chart)


@unless_absent(silent=True)
def profit(report: Report, lapses: Study, terms: Terms, *, seed: int) -> Section:
    """Profit on the test customers of contacting them best first, had the save rate held.

    Parameters
    ----------
    report : Report
    lapses : Study
    terms : Terms
    seed : int

    Returns
    -------
    Section
        data : one row per share contacted, columns contacted_share, score, profit
        Words alone where nothing was found or the source has no prices.
    """
    test = lapses.test_rows()
    worth = terms.margin_lost(test)
    if not lapses.finds_something or not worth.sum() > 0:
        return Section.of(note("Without a forecast and prices there is no profit to weigh."))
    order = terms.net_value(test["probability"], worth)
    money = {"gain": terms.save_rate * worth, "cost": terms.contact_cost}
    curve = profits.profit_curve(test["outcome"], order, **money)
    best = profits.best_cut_off(curve)
    low, high = profits.cut_off_interval(test["outcome"], order, **money, draws=100, seed=seed)
    brought = report.money(profits.unseen_profit(test["outcome"], order, **money, seed=seed))
    said = f"Contacting {percent(best.contacted_share)} of the customers would have paid best"
    chart = profit_chart(
        curve,
        best_share=best.contacted_share,
        low=low,
        high=high,
        currency=report.currency,
        title=f"{said}: {brought}",
        subtitle=f"Profit if {percent(terms.save_rate)} of the lapses are prevented (assumed); "
        f"band: best share, {interval(low, high, form=percent)}; {number(len(test))} customers of "
        "the test, the money by cut-offs chosen on half of them and taken on the other",
        alt=f"Profit over the share contacted. {said}, {brought}.",
        source=_source(report),
    )
    return Section.of(chart)


def _nothing_found(lapses: Study, outcome_days: int) -> Section:
    rate = per_hundred(lapses.evidence.base_rate, "customers")
    said = "The data do not tell who will leave, so nobody is named"
    more = (
        f"{rate} placed no order in {outcome_days} days, but no habit or attribute in the data "
        "goes with it by more than chance."
    )
    shown = Section.of(answer(said), note(more))
    return shown.finds("customers_scored", len(lapses.scored), "customers")


def _risk_columns(report: Report) -> dict[str, object]:
    return {
        "risk": "Chance to lapse",
        "customers": ("Customers", number),
        "lapses": ("Lapses expected", number),
        "at_stake": (f"Margin at stake, {report.currency}", number),
    }


def _source(report: Report) -> str:
    return f"{report.source.title}, orders until {day(report.as_of)}"
