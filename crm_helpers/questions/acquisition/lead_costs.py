"""Cost of leads old enough to have converted -> cost of a customer, by channel and in all."""

import pandas as pd

from crm_helpers.page.findings import Finding, finding
from crm_helpers.page.numerals import number
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, is_absent, unless_absent
from crm_helpers.tables.needs import Skip


@unless_absent
def costs(outcomes: pd.DataFrame, *, outcome_days: int, min_group: int) -> pd.DataFrame:
    """Leads, customers and cost of each channel, of leads old enough to have converted.

    Parameters
    ----------
    outcomes : DataFrame, one row per lead
        From `leads.outcomes`.
    outcome_days : int
        Leads younger than this are left out: they have cost money and may still convert.
    min_group : int
        Channels with fewer leads, young ones included, are left out.

    Returns
    -------
    DataFrame, one row per channel, index channel
        leads, customers : int; conversion : float, share of leads converted within outcome_days;
        cost, cost_each : float, of all those leads and per customer, missing where not known;
        uncosted_leads : int, their cost is not known and taken as that of the channel's others;
        is_young : bool, fewer than min_group leads are old enough, so nothing else is told
    """
    sizes = outcomes["channel"].value_counts()
    found = _costs(outcomes, outcome_days).reindex(sizes.index[sizes >= min_group].sort_values())
    found = found.rename_axis("channel").assign(leads=found["leads"].fillna(0).astype(int))
    young = found["leads"] < min_group
    if young.all():
        raise Skip(
            f"no channel has the {min_group} leads, each at least {outcome_days} days old, from "
            "which it is shown. Add older leads, or lower min_group."
        )
    cost_each = found["cost"] / found["customers"].where(found["customers"] > 0)
    found = found.assign(cost_each=cost_each)
    told = ["customers", "conversion", "cost", "cost_each", "uncosted_leads"]
    return found.assign(is_young=young, **{name: found[name].mask(young) for name in told})


def _costs(outcomes: pd.DataFrame, outcome_days: int) -> pd.DataFrame:
    """Leads of at least outcome_days, the customers they won and their cost, by channel."""
    rows = outcomes[outcomes["lead_age_days"] >= outcome_days]
    rows = rows.assign(
        cost=rows["cost"].astype(float),
        in_time=rows["is_converted"] & (rows["open_days"] <= outcome_days),
    )
    found = rows.groupby("channel").agg(
        leads=("lead_id", "size"),
        customers=("wins_customer", "sum"),
        conversion=("in_time", "mean"),
        cost=("cost", "mean"),
        costed=("cost", "count"),
    )
    uncosted = found["leads"] - found["costed"]
    cost = found["cost"] * found["leads"]
    return found.drop(columns="costed").assign(cost=cost, uncosted_leads=uncosted)


def _known_costs(outcomes: pd.DataFrame, outcome_days: int) -> tuple[float, int]:
    """Cost of the leads of all channels whose cost is known, and the customers they won."""
    known = _costs(outcomes, outcome_days).dropna(subset=["cost"])
    return float(known["cost"].sum()), int(known["customers"].sum())


def customer_cost(
    outcomes: pd.DataFrame, costs: pd.DataFrame, *, outcome_days: int
) -> float | Section:
    """Cost of all leads per customer won; absent where the source does not know it.

    Channels whose cost is not known count neither with their leads nor with their customers.

    Parameters
    ----------
    outcomes : DataFrame, one row per lead
    costs : DataFrame, one row per channel
        From `costs`.
    outcome_days : int
        Leads younger than this are left out.

    Returns
    -------
    float, or Section without an answer
    """
    cost, customers = (0.0, 0) if is_absent(costs) else _known_costs(outcomes, outcome_days)
    if customers:
        return cost / customers
    return Section.absent(
        "What a customer costs is not known. Map the cost of leads in the source."
    )


def cost_findings(
    report: Report, outcomes: pd.DataFrame, cost: float | Section, *, outcome_days: int
) -> dict[str, Finding]:
    """Cost of a customer as a finding: cost_per_customer, where it is known.

    Parameters
    ----------
    report : Report
    outcomes : DataFrame, one row per lead
    cost : float, or Section without an answer
        From `customer_cost`.
    outcome_days : int
        Leads younger than this are left out.

    Returns
    -------
    dict of name to finding
    """
    if is_absent(cost):
        return {}
    won, name = _known_costs(outcomes, outcome_days)[1], "cost_per_customer"
    return {name: finding(name, cost, unit=report.currency, n=won)}


def unknown_costs(values: pd.DataFrame) -> str:
    """Sentences on which costs of leads are not known, and what stands in for them.

    Parameters
    ----------
    values : DataFrame, one row per channel
        channel, cost, uncosted_leads, is_young.

    Returns
    -------
    str, with a blank before it; empty where all costs are known
    """
    values = values[~values["is_young"]]
    unknown = values["cost"].isna()
    if unknown.all():
        return " What leads cost is not known; map their cost in the source."
    told = ""
    if unknown.any():
        names = ", ".join(values.loc[unknown, "channel"].astype(str))
        told = f" The cost of leads is not known of: {names}."
    some = int(values.loc[~unknown, "uncosted_leads"].sum())
    if some:
        told += (
            f" {number(some)} more leads have no cost in the source and are taken to cost as much "
            "as the others of their channel."
        )
    return told
