"""Channels: what a customer costs by channel, and what he brings -> frames, one section."""

import pandas as pd

from crm_helpers.features.won_customers import channel_months
from crm_helpers.measures.effects.standouts import (
    highest_rate,
    lowest_cost,
    outstanding_means,
)
from crm_helpers.measures.statistics.mean_interval import mean_interval
from crm_helpers.measures.value.payback import payback_curve, payback_month
from crm_helpers.models.propensity.study import shuffled
from crm_helpers.page.names import values_in_words
from crm_helpers.page.numerals import capital, number, percent
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, is_absent, section, unless_absent
from crm_helpers.page.words import table
from crm_helpers.questions.acquisition.lead_costs import unknown_costs
from crm_helpers.tables.needs import Skip

MOST_ROWS = 12


@unless_absent
def worth(
    won: pd.DataFrame, *, follow_days: int, margin_share: float, shuffle_outcomes: bool, seed: int
) -> pd.DataFrame:
    """Customers won with the margin that each brought over the days followed.

    Parameters
    ----------
    won : DataFrame, one row per customer won
        From `leads.won`.
    follow_days : int
        Days followed.
    margin_share : float
        Share of revenue that stays as margin, where the source knows no cost.
    shuffle_outcomes : bool
        Deals the money out anew.
    seed : int
        For dealing out.

    Returns
    -------
    DataFrame, one row per customer won
        The columns of `won`; money : float, missing where a price is not known
    """
    if "followed_revenue" not in won or won["followed_revenue"].isna().all():
        raise Skip(
            f"No customer won as a lead could be followed for {follow_days} days "
            "with prices. Choose a shorter follow_days or add prices."
        )
    # Margin is counted where the cost is known, and assumed where it is not.
    uncosted = "followed_uncosted" if "followed_margin" in won else "followed_revenue"
    money = won[uncosted].astype(float) * margin_share
    if "followed_margin" in won:
        money = money + won["followed_margin"].astype(float)
    rows = won.assign(money=money)
    return shuffled(rows, "money", seed=seed) if shuffle_outcomes else rows


def values(
    report: Report,
    costs: pd.DataFrame,
    worth: pd.DataFrame,
    *,
    margin_share: float,
    min_group: int,
) -> pd.DataFrame | Section:
    """Cost and conversion of each channel, and what its customers brought where that is known.

    Parameters
    ----------
    report : Report
    costs : DataFrame, one row per channel
        From `lead_costs.costs`.
    worth : DataFrame, one row per customer won
        From `worth`; may be absent.
    margin_share : float
        Share of revenue that stays as margin, where the source knows no cost.
    min_group : int
        Channels with fewer customers won, and months with fewer, tell no money.

    Returns
    -------
    DataFrame, one row per channel, most money first, without money best conversion first
        channel and the columns of `costs`; where known money, low, high : float, per customer;
        is_lost : float, share lost; unpriced_customers : int, money not known; payback : Int64,
        months; is_poorest, is_best : bool, shown to bring less, or more, than all others, or to
        convert better where no money is known; is_cheapest : bool, shown to cost least per customer
    """
    if is_absent(costs):
        return costs
    costs = costs.assign(is_cheapest=costs.index == _cheapest(costs))
    if is_absent(worth):
        found = costs.sort_values("conversion", ascending=False)
        return found.assign(is_best=found.index == _best_converter(costs)).reset_index()
    months = payback_curve(report.features(channel_months, margin_share=margin_share))
    payback = payback_month(months, costs["cost_each"].dropna(), min_customers=min_group)
    found = costs.join(_money(worth, min_group)).assign(payback=payback)
    found = found.sort_values("money", ascending=False, na_position="last").reset_index()
    known = worth.dropna(subset=["money"])
    judged = list(found.dropna(subset=["money"])["channel"])
    poorest, best = outstanding_means(known["money"], known["channel"], judged)
    best = best if len(judged) > 1 else _best_converter(costs)
    return found.assign(is_poorest=found["channel"] == poorest, is_best=found["channel"] == best)


def _cheapest(costs: pd.DataFrame) -> str | None:
    old = costs[~costs["is_young"]]
    return lowest_cost(old["cost"].astype(float), old["customers"], old["leads"])


def _best_converter(costs: pd.DataFrame) -> str | None:
    old = costs[~costs["is_young"]]
    return highest_rate((old["conversion"] * old["leads"]).round(), old["leads"])


def _money(worth: pd.DataFrame, min_group: int) -> pd.DataFrame:
    """Mean money of the customers of each channel, its interval, and how many are lost."""
    by_channel = worth.groupby("channel")
    known = worth.dropna(subset=["money"]).groupby("channel")
    intervals = {channel: mean_interval(rows["money"]) for channel, rows in known}
    found = pd.DataFrame(intervals, index=["money", "low", "high"]).T
    found["is_lost"] = by_channel["is_lost"].mean()
    found["unpriced_customers"] = worth["money"].isna().groupby(worth["channel"]).sum()
    return found[known.size() >= min_group]


def customer_value(worth: pd.DataFrame) -> float:
    """Mean margin of a customer won whose money is known; missing where that is nobody's.

    Parameters
    ----------
    worth : DataFrame, one row per customer won
        From `worth`; may be absent.

    Returns
    -------
    float
    """
    return float("nan") if is_absent(worth) else float(worth["money"].mean())


@unless_absent
def compared(
    report: Report, values: pd.DataFrame, *, follow_days: int, outcome_days: int
) -> Section:
    """Cost, conversion, later value, loss and payback of each channel.

    Parameters
    ----------
    report : Report
    values : DataFrame, one row per channel
        From `values`.
    follow_days : int
        Days followed.
    outcome_days : int
        Days in which a conversion counts; leads younger than this are left out.

    Returns
    -------
    Section
        data : one row per channel, the columns of `values`; findings : poorest_channel, where
        one is shown to be
    """
    shown = _with_intervals(values.assign(channel=values_in_words("channel", values["channel"])))
    lines = table(shown.head(MOST_ROWS), _columns(report, shown, follow_days, outcome_days))
    told = section(_says(report, shown), lines, _beside(shown, outcome_days))
    if "money" in values and values["is_poorest"].any():
        poorest = values.loc[values["is_poorest"], "channel"].iloc[0]
        told = told.finds("poorest_channel", str(poorest))
    return told


def _with_intervals(values: pd.DataFrame) -> pd.DataFrame:
    if "money" not in values:
        return values
    words = [f"{number(row.low)} to {number(row.high)}" for row in values.itertuples()]
    return values.assign(interval=pd.Series(words, values.index).where(values["low"].notna()))


def _columns(
    report: Report, shown: pd.DataFrame, follow_days: int, outcome_days: int
) -> dict[str, object]:
    """Headers of what is known of at least one channel."""
    columns = {
        "channel": "Channel",
        "leads": "Leads",
        "conversion": (f"Became customers in {outcome_days} days", percent),
        "cost_each": (f"Cost per customer, {report.currency}", _one_decimal),
        "money": (f"Margin in {follow_days} days, {report.currency}", number),
        "interval": "Interval at 95 %",
        "is_lost": ("Lost by then", percent),
        "payback": "Months to pay back",
    }
    return {c: header for c, header in columns.items() if c in shown and shown[c].notna().any()}


def _one_decimal(amount: float) -> str:
    return number(amount, 1)


def _says(report: Report, values: pd.DataFrame) -> str:
    if "money" not in values or values["money"].notna().sum() < 2:
        return _converts(values)
    known = values.dropna(subset=["money"])
    poorest, best = (known[known[name]] for name in ("is_poorest", "is_best"))
    form, lowest, highest = report.money, known.iloc[-1], known.iloc[0]
    if len(poorest) and lowest["is_cheapest"]:
        return (
            f"{capital(lowest['channel'])} wins the cheapest customers, "
            f"{form(lowest['cost_each'])} each, and the poorest: {form(lowest['money'])} against "
            f"{form(highest['money'])} of {highest['channel']}"
        )
    most = f"Customers of {highest['channel']} bring most, {form(highest['money'])}"
    if len(poorest) and len(best):
        return f"{most}; those of {lowest['channel']} least, {form(lowest['money'])}"
    if len(best):
        return f"{most} each; the other channels are not shown to differ"
    if len(poorest):
        return (
            f"Customers of {lowest['channel']} bring least, {form(lowest['money'])} each; the "
            "other channels are not shown to differ"
        )
    return "No channel is shown to bring poorer customers than the others"


def _converts(values: pd.DataFrame) -> str:
    """Which channel converts best, where one does beyond chance."""
    old = values[~values["is_young"]].sort_values("conversion", ascending=False)
    top, last = old.iloc[0], old.iloc[-1]
    if top["is_best"]:
        return f"{capital(top['channel'])} converts best: {percent(top['conversion'])} of its leads"
    if len(old) == 1:
        return f"{percent(top['conversion'])} of the leads of {top['channel']} convert"
    between = f"{percent(last['conversion'])} to {percent(top['conversion'])}"
    return f"No channel is shown to convert better than the others: {between} of their leads"


def _beside(values: pd.DataFrame, outcome_days: int) -> str:
    counted = (
        f"Counted are leads that came in {outcome_days} days ago or earlier, younger ones may "
        f"still convert.{unknown_costs(values)}"
    )
    new = values.loc[values["is_young"], "channel"].astype(str)
    if len(new):
        counted += f" Too few leads of that age: {', '.join(new)}."
    if "money" not in values:
        return (
            "What customers brought later is not known: the source has no orders of customers "
            f"won. {counted}"
        )
    young = values.loc[values["money"].isna() & ~values["is_young"], "channel"].astype(str)
    waits = f" Too young to be followed: {', '.join(young)}." if len(young) else ""
    unpriced = int(values["unpriced_customers"].sum())
    if unpriced:
        waits += f" Left out of the margin, for want of a price: {number(unpriced)} customers won."
    return (
        f"{counted} Margin is after returns and before marketing; channels differ in whom they "
        f"reach, so moving money between them may change these figures.{waits}"
    )
