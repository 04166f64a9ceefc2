"""Lost customers won back by contacts drawn at random: contacts -> study's success, bands."""

import numpy as np
import pandas as pd

from crm_helpers.measures.effects.group_effects import group_effects
from crm_helpers.measures.statistics.claims import claim_level
from crm_helpers.measures.value.contact_money import ContactMoney
from crm_helpers.models.uplift.study import KEY, UpliftStudy
from crm_helpers.page.numerals import number, percent
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, is_absent, section, unless_absent
from crm_helpers.page.words import table
from crm_helpers.questions.campaigns import effects, people, policy
from crm_helpers.questions.campaigns.phrases import group_names, points
from crm_helpers.questions.retention.phrases import too_late_in_words
from crm_helpers.questions.retention.second_life import SecondLife
from crm_helpers.tables.needs import Skip

PURPOSE = "win_back"
BANDS = 5
LIKELIEST = 0.8


def contacted(contacts: pd.DataFrame | Section) -> pd.DataFrame | Section:
    """Contacts of the randomized win-back campaigns, all offers taken together.

    Parameters
    ----------
    contacts : DataFrame, one row per person and campaign

    Returns
    -------
    DataFrame, the rows of `contacts` in campaigns that have both arms
        Absent without a word on the page where there are none: `natural_returns` tells instead.
    """
    arms = effects.arms(contacts, purpose=PURPOSE)
    return Section.absent(arms.reason, silent=True) if is_absent(arms) else arms


@unless_absent
def profiles(report: Report, lost: pd.DataFrame, *, memory_days: int) -> pd.DataFrame:
    """What was known of each lost customer before each contact, looked back for longer.

    Parameters
    ----------
    report : Report
    lost : DataFrame, one row per person and campaign
        From `contacted`.
    memory_days : int
        Days before the contact from which orders and statements count.

    Returns
    -------
    DataFrame, one row per person and campaign
        As `people.profiles_before` has it.
    """
    return people.profiles_before(report, observation_days=memory_days)


@unless_absent
def money(
    report: Report,
    lost: pd.DataFrame,
    life: SecondLife,
    *,
    contact_cost: float,
    offer_cost: float,
    margin_share: float,
) -> ContactMoney:
    """Cost of a contact, and the second life that a success is worth.

    Parameters
    ----------
    report : Report
    lost : DataFrame, one row per person and campaign
    life : SecondLife
    contact_cost, offer_cost : float
        Taken where the contacts have no cost.
    margin_share : float
        Share of revenue that stays as margin where no cost is known.

    Returns
    -------
    ContactMoney
    """
    return policy.money(
        report,
        lost,
        contact_cost=contact_cost,
        offer_cost=offer_cost,
        outcome_value=life.mean,
        margin_share=margin_share,
    )


@unless_absent
def success(report: Report, study: UpliftStudy, life: SecondLife, *, follow_days: int) -> Section:
    """Who of the lost comes back when contacted, by group, and what a success is worth.

    Parameters
    ----------
    report : Report
    study : UpliftStudy
        Learned on win-back campaigns.
    life : SecondLife
    follow_days : int
        Days of the second life that were followed.

    Returns
    -------
    Section
        data : one row per group of the tree, most back first: group, share, treated_mean,
        control_mean, difference, low, high, treated_count, control_count
    """
    test = study.test[study.test["is_treated"]]
    best = test[test["treated_rate"] >= test["treated_rate"].quantile(LIKELIEST)]
    back, of_best = (number(100 * rows["outcome"].mean(), 1) for rows in (test, best))
    says = f"Of 100 lost customers contacted {back} came back, of the likeliest fifth {of_best}"
    groups = group_effects(study.test, group_names(study, study.test["group"]))
    columns = {
        "group": "Group",
        "share": ("Share", percent),
        "treated_mean": ("Back when contacted", percent),
        "control_mean": ("Back anyway", percent),
        "difference": ("Change per 100", points),
    }
    beside = (
        f"Tested on {study.tested_on}. A second life brought "
        f"{report.money(life.mean)} of margin in {follow_days} days "
        f"({report.money(life.low)} to {report.money(life.high)})."
    )
    shown = groups.sort_values("treated_mean", ascending=False)
    return section(says, table(shown, columns), beside)


@unless_absent
def bands(lost: pd.DataFrame, profiles: pd.DataFrame) -> pd.DataFrame:
    """Change by days without an order, in bands of equal size.

    Parameters
    ----------
    lost : DataFrame, one row per person and campaign
    profiles : DataFrame, one row per person and campaign
        person_id, campaign, recency_days.

    Returns
    -------
    DataFrame, one row per band that has both arms, shortest away first
        group : str, days from and to; from_days : int; share, difference, low, high,
        treated_mean, control_mean, treated_count, control_count
    """
    if "recency_days" not in profiles:
        raise Skip("How long the lost have been away is not known. Add transactions to the source.")
    rows = lost.merge(profiles[[*KEY, "recency_days"]], on=KEY, how="left")
    rows = rows[rows["recency_days"].notna()].reset_index(drop=True)
    cuts = np.unique(np.quantile(rows["recency_days"], np.linspace(0, 1, BANDS + 1)).round())
    band = pd.cut(rows["recency_days"], cuts, include_lowest=True, labels=False)
    trial = rows.assign(outcome=rows["responded"].astype(int))
    found = group_effects(trial, band.astype(int)).sort_values("group")
    days = [f"{cuts[band]:,.0f} to {cuts[band + 1]:,.0f}" for band in found["group"]]
    return found.assign(group=days, from_days=[int(cuts[band]) for band in found["group"]])


@unless_absent
def too_late(report: Report, bands: pd.DataFrame, money: ContactMoney) -> Section:
    """Change, worth and cost by days without an order, to see from when it no longer pays.

    Parameters
    ----------
    report : Report
    bands : DataFrame, one row per band
        From `bands`.
    money : ContactMoney
        From `money`.

    Returns
    -------
    Section
        data : one row per band: the columns of `bands`, interval, net, net_low and net_high
        (money per 100 contacts, expected, at least and at most)
    """
    columns = {
        "group": "Days without an order",
        "treated_count": "Contacted",
        "control_count": "Control",
        "difference": ("Change per 100", points),
        "interval": f"Interval at {percent(claim_level(len(bands)))}",
        "net": (f"Net per 100 contacts, {report.currency}", number),
    }
    beside = (
        "All randomized win-back campaigns. Net: change x worth of a second life, less the "
        "cost of contact and offer. Bands with wide intervals may hide a group that pays."
    )
    shown = _priced(bands, money)
    return section(too_late_in_words(shown), table(shown, columns), beside)


def _priced(bands: pd.DataFrame, money: ContactMoney) -> pd.DataFrame:
    cost, value = money.expected_cost(bands["treated_mean"]), money.response_value
    return bands.assign(
        interval=[f"{points(row.low)} to {points(row.high)}" for row in bands.itertuples()],
        net=100 * (bands["difference"] * value - cost),
        net_low=100 * (bands["low"] * value - cost),
        net_high=100 * (bands["high"] * value - cost),
    )
