"""Persons of campaigns: tables of a report -> contacts, what was known of each person, consent."""

import numpy as np
import pandas as pd

from crm_helpers.features.consent import known_customers
from crm_helpers.features.contact_profiles import contact_profiles, customer_profiles
from crm_helpers.features.contacts import campaign_contacts
from crm_helpers.page.needs import need
from crm_helpers.page.report import Report
from crm_helpers.page.section import unless_absent

KEY = ["person_id", "campaign"]
OUTCOMES = ("responded", "value")
RANGE = (0.005, 0.995)


@unless_absent
def asked(report: Report, *, response_days: int) -> pd.DataFrame:
    """Everyone assigned in a campaign that is over, contacted or left alone.

    Parameters
    ----------
    report : Report
    response_days : int
        Days after a contact in which a response counts.

    Returns
    -------
    DataFrame, one row per person and campaign
        person_id, campaign, responded, is_treated, is_randomized, offer, purpose, channel,
        [contacted_at], [value], [cost], [customer_id], [lead_id], and attributes as they stand
    """
    need(report.tables, contacts=["person_id", "campaign", "responded"])
    return report.features(campaign_contacts, response_days=response_days)


@unless_absent
def allowed(
    report: Report,
    asked: pd.DataFrame,
    agreed: pd.DataFrame,
    *,
    shuffle_outcomes: bool = False,
    seed: int = 0,
) -> pd.DataFrame:
    """Contacts of those who may be profiled; outcomes dealt out anew where that is asked for.

    Parameters
    ----------
    report : Report
    asked : DataFrame, one row per person and campaign
    agreed : DataFrame, one row per customer
        customer_id, [may_profile], from `consents`.
    shuffle_outcomes : bool, default False
        Deal the outcomes of each campaign out anew, to test that then nothing is found.
    seed : int, default 0

    Returns
    -------
    DataFrame, one row per person and campaign
        The columns of `asked`.
    """
    rows = _willing(report, asked, agreed)
    return dealt_anew(rows, seed=seed) if shuffle_outcomes else rows


@unless_absent
def left_out(asked: pd.DataFrame, contacts: pd.DataFrame) -> int:
    """Count of persons asked who refused to be profiled, or are customers without a usable row."""
    return int(asked["person_id"].nunique() - contacts["person_id"].nunique())


@unless_absent
def profiles_before(report: Report, *, observation_days: int) -> pd.DataFrame:
    """What was known of each person on the day before each contact.

    Parameters
    ----------
    report : Report
    observation_days : int
        Days before the contact from which orders and statements count.

    Returns
    -------
    DataFrame, one row per person and campaign
        person_id, campaign, attributes of the contact, and where known recency_days,
        frequency_orders, monetary_mean, earlier_contacts, age_years, lead_days and more
    """
    need(report.tables, contacts=["person_id", "campaign", "responded"])
    return report.features(contact_profiles, observation_days=observation_days)


@unless_absent
def profiles_today(
    report: Report, profiles: pd.DataFrame, agreed: pd.DataFrame, *, observation_days: int
) -> pd.DataFrame:
    """What is known of each person now: of customers, else of those contacted before.

    Parameters
    ----------
    report : Report
    profiles : DataFrame, one row per person and campaign
        From `profiles_before`, looked back as far.
    agreed : DataFrame, one row per customer
        customer_id, [may_profile], from `consents`.
    observation_days : int
        Days up to as_of from which orders and statements count.

    Returns
    -------
    DataFrame, one row per person who may be profiled
        person_id, campaign, and the columns of `profiles`
    """
    if "customers" not in report.tables:
        return profiles.drop_duplicates("person_id", keep="last").reset_index(drop=True)
    rows = report.features(customer_profiles, observation_days=observation_days)
    return _willing(report, rows, agreed)


@unless_absent
def reachable(
    today: pd.DataFrame, arms: pd.DataFrame, profiles: pd.DataFrame, column: str = "recency_days"
) -> pd.DataFrame:
    """Persons who are today like those contacted before: the same range of days since the order.

    Parameters
    ----------
    today : DataFrame, one row per person
    arms : DataFrame, one row per person and campaign
        The contacts to be like.
    profiles : DataFrame, one row per person and campaign
        What was known of them before.
    column : str, default "recency_days"
        Where it is missing in either, everybody is within reach.

    Returns
    -------
    DataFrame, the rows of `today` within the range
    """
    past = arms[KEY].merge(profiles)
    if column not in today or column not in past or past[column].isna().all():
        return today
    low, high = past[column].quantile(list(RANGE))
    return today[today[column].between(low, high)].reset_index(drop=True)


@unless_absent
def yet_to_respond(now: pd.DataFrame, contacts: pd.DataFrame) -> pd.DataFrame:
    """Persons of now without those who have said yes to the campaign they stand for.

    Rows of today ("next" campaign) stand for no campaign that is over, so they stay.

    Parameters
    ----------
    now : DataFrame, one row per person
        person_id, campaign.
    contacts : DataFrame, one row per person and campaign
        person_id, campaign, responded.

    Returns
    -------
    DataFrame, some rows of `now`
    """
    if "campaign" not in now:
        return now
    said_yes = pd.MultiIndex.from_frame(contacts.loc[contacts["responded"], KEY])
    return now[~pd.MultiIndex.from_frame(now[KEY]).isin(said_yes)].reset_index(drop=True)


@unless_absent
def yet_to_win(
    now: pd.DataFrame, contacts: pd.DataFrame, *, purpose: str, key: str = "person_id"
) -> pd.DataFrame:
    """Persons of now without those who have said yes to any campaign of a purpose.

    Parameters
    ----------
    now : DataFrame, one row per person
    contacts : DataFrame, one row per person and campaign
        person_id, purpose, responded, [lead_id].
    purpose : str
    key : str, default "person_id"
        Column of `now` that names the person, or the lead.

    Returns
    -------
    DataFrame, some rows of `now`
    """
    said_yes = contacts[contacts["responded"] & (contacts["purpose"] == purpose)]
    names = [name for name in ("person_id", "lead_id") if name in said_yes]
    won = {one for name in names for one in said_yes[name].dropna()}
    return now[~now[key].isin(won)].reset_index(drop=True)


def may_be_profiled(rows: pd.DataFrame, agreed: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """Rows of persons who did not refuse, in their order.

    Where the source asks, a customer without a usable row is left out as well: a refusal may
    stand on the row that was set aside. Persons who are no customers stay.

    Parameters
    ----------
    rows : DataFrame, with person_id
    agreed : DataFrame, one row per customer
        customer_id, may_profile.
    known : DataFrame, one row per customer
        customer_id of everyone whom some table calls a customer.

    Returns
    -------
    DataFrame, some rows of `rows`
    """
    refused = agreed.loc[~agreed["may_profile"], "customer_id"]
    unlisted = known.loc[~known["customer_id"].isin(agreed["customer_id"]), "customer_id"]
    out = {*refused, *unlisted}
    return rows[~rows["person_id"].isin(out)].reset_index(drop=True)


def dealt_anew(contacts: pd.DataFrame, *, seed: int) -> pd.DataFrame:
    """Contacts with their outcomes shuffled within campaigns: who did it is mixed, not how many.

    Parameters
    ----------
    contacts : DataFrame, one row per person and campaign
        campaign, responded, [value].
    seed : int

    Returns
    -------
    DataFrame, same rows
    """
    luck = np.random.default_rng(seed).uniform(size=len(contacts))
    codes = pd.factorize(contacts["campaign"])[0]
    to, order = np.argsort(codes, kind="stable"), np.lexsort([luck, codes])
    mixed = contacts.copy()
    for name in [name for name in OUTCOMES if name in contacts]:
        mixed.loc[contacts.index[to], name] = contacts[name].to_numpy()[order]
    return mixed


def _willing(report: Report, rows: pd.DataFrame, agreed: pd.DataFrame) -> pd.DataFrame:
    if "may_profile" not in agreed:
        return rows
    return may_be_profiled(rows, agreed, report.features(known_customers))
