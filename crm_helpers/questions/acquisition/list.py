"""Persons to pursue: chances and values of leads and prospects -> candidates of the list."""

import numpy as np
import pandas as pd

from crm_helpers.features import windows
from crm_helpers.features.contact_profiles import lead_profiles
from crm_helpers.features.leads import leads_of_customers
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, is_absent, unless_absent
from crm_helpers.questions.acquisition.caused import Caused
from crm_helpers.questions.acquisition.channels import customer_value
from crm_helpers.questions.acquisition.conversion import LeadStudy
from crm_helpers.questions.acquisition.next_response import ResponseStudy
from crm_helpers.questions.campaigns.effects import purpose_of
from crm_helpers.questions.campaigns.list import best_of
from crm_helpers.questions.campaigns.people import profiles_today, reachable, yet_to_win
from crm_helpers.questions.campaigns.policy import Choice

KEY = "person_id"
COLUMNS = [KEY, "what", "why", "chance"]
# Persons tested who are alike, at least, and groups of them at most.
FEWEST_ALIKE, MOST_GROUPS = 50, 100


@unless_absent
def within_reach(
    report: Report,
    arms: pd.DataFrame,
    profiles: pd.DataFrame,
    contacts: pd.DataFrame,
    agreed: pd.DataFrame,
    *,
    observation_days: int,
) -> pd.DataFrame:
    """Open leads, else persons of today, who are like those contacted before.

    Who has said yes to a campaign of this purpose, or is a customer already, is left out.

    Parameters
    ----------
    report : Report
    arms, profiles : DataFrame, one row per person and campaign
        Contacts of randomized campaigns, and what was known before them.
    contacts : DataFrame, one row per person and campaign
        Everyone's, with their responses.
    agreed : DataFrame, one row per customer
        From `consents`.
    observation_days : int
        Days up to as_of from which orders and statements count.

    Returns
    -------
    DataFrame, one row per person
        person_id and the columns of `profiles` that are known today
    """
    purpose = purpose_of(arms)
    if "leads" in report.tables:
        leads = report.features(lead_profiles)
        leads = leads[~leads[KEY].isin(report.features(leads_of_customers)["lead_id"])]
        return yet_to_win(reachable(leads, arms, profiles, "lead_days"), contacts, purpose=purpose)
    now = profiles_today(report, profiles, agreed, observation_days=observation_days)
    return yet_to_win(reachable(now, arms, profiles), contacts, purpose=purpose)


def likely(
    report: Report,
    open_leads: pd.DataFrame | Section,
    lead_study: LeadStudy | Section,
    rows: pd.DataFrame | Section,
    response_study: ResponseStudy | Section,
    *,
    test_campaign: str,
) -> pd.DataFrame | Section:
    """Open leads where the source has leads, else the persons contacted before, by their chance.

    Parameters
    ----------
    report : Report
    open_leads : DataFrame, one row per open lead
        From `conversion.open_leads`.
    lead_study : LeadStudy
    rows : DataFrame, one row per contact
        From `next_response.rows`.
    response_study : ResponseStudy
    test_campaign : str
        Where one was named, only its persons count.

    Returns
    -------
    DataFrame, one row per person, none where chances cannot be told
        person_id, what, why, chance; channel of leads
    """
    if "leads" in report.tables:
        return likely_leads(open_leads, lead_study)
    return likely_prospects(rows, response_study, test_campaign=test_campaign)


@unless_absent
def likely_leads(open_leads: pd.DataFrame, study: LeadStudy) -> pd.DataFrame:
    """Open leads with their chance to convert; none where chances cannot be told.

    Parameters
    ----------
    open_leads : DataFrame, one row per open lead
        From `conversion.open_leads`.
    study : LeadStudy

    Returns
    -------
    DataFrame, one row per lead
        person_id, what, why, chance, channel
    """
    if not study.evidence.finds_something or open_leads.empty:
        return pd.DataFrame(columns=[*COLUMNS, "channel"])
    chance, channel = open_leads["chance"], open_leads["channel"]
    why = channel.astype(str) + ", " + _of_hundred(chance) + " of 100 convert"
    told = {KEY: open_leads["lead_id"], "what": "pursue the lead", "why": why}
    return pd.DataFrame({**told, "chance": chance, "channel": channel})


@unless_absent
def likely_prospects(
    rows: pd.DataFrame, study: ResponseStudy, *, test_campaign: str
) -> pd.DataFrame:
    """Persons contacted before with their chance to respond; none where it cannot be told.

    Who has responded is not asked again. Persons that the test looked at have its chance, which
    was not learned from them; the reason says how many like them responded there.

    Parameters
    ----------
    rows : DataFrame, one row per contact
        From `next_response.rows`.
    study : ResponseStudy
    test_campaign : str
        Where one was named, only its persons count.

    Returns
    -------
    DataFrame, one row per person
        person_id, what, why, chance
    """
    if not study.evidence.finds_something:
        return pd.DataFrame(columns=COLUMNS)
    judged = rows["campaign"] == test_campaign
    rows = rows[judged] if judged.any() else rows
    said_yes = rows.loc[rows["responded"], KEY]
    last = rows.drop_duplicates(KEY, keep="last")
    now = last[~last[KEY].isin(said_yes)].reset_index(drop=True)
    chance = _honest_chance(study, now)
    why = _of_hundred(measured_rate(study.model.test, chance)) + " of 100 like this responded"
    return pd.DataFrame({KEY: now[KEY], "what": "contact", "why": why, "chance": chance})


def _honest_chance(study: ResponseStudy, now: pd.DataFrame) -> pd.Series:
    """Chance of each person, of the test where the person was in it: it was not learned there."""
    chance = pd.Series(study.scorer.probability(now), index=now.index, dtype=float)
    if study.scorer is not study.propensity:
        return chance  # the plain rule has learned nothing of any one person
    tested = study.model.test.drop_duplicates(KEY, keep="last").set_index(KEY)["probability"]
    return now[KEY].map(tested).fillna(chance).astype(float)


def measured_rate(test: pd.DataFrame, chance: pd.Series) -> pd.Series:
    """Share of persons tested who responded, among those of as high a chance.

    Parameters
    ----------
    test : DataFrame, one row per person
        outcome, probability: rows that the model had not learned from.
    chance : Series of float
        Of the persons to tell it of.

    Returns
    -------
    Series of float in [0, 1], indexed as chance
    """
    groups = int(np.clip(len(test) // FEWEST_ALIKE, 1, MOST_GROUPS))
    cuts = test["probability"].quantile(np.arange(1, groups) / groups).to_numpy()
    place = np.searchsorted(cuts, test["probability"], side="right")
    rate = test["outcome"].astype(float).groupby(place).mean()
    # A chance between two groups that hold nobody is told by the group below.
    known = rate.reindex(range(groups)).ffill().bfill()
    return pd.Series(known.to_numpy()[np.searchsorted(cuts, chance, side="right")], chance.index)


def by_chance(
    likely: pd.DataFrame,
    worth: pd.DataFrame,
    *,
    outcome_value: float,
    contact_cost: float,
    caused: Caused,
    min_group: int,
) -> pd.DataFrame | Section:
    """Candidates by their chance, and how much of it a contact adds.

    Parameters
    ----------
    likely : DataFrame, one row per person
        From `likely`.
    worth : DataFrame, one row per customer won
        From `channels.worth`; may be absent where outcome_value is given.
    outcome_value : float
        Margin of one outcome; 0 takes that of customers won.
    contact_cost : float
    caused : Caused
        Share of outcomes only because of a contact.
    min_group : int
        Channels with fewer customers won have the value of all.

    Returns
    -------
    DataFrame, one row per person
        The columns of `likely`; probability, value, cost, expected_net_value, net_value_low
        (at the low end of the share) : float
    """
    if is_absent(likely) or likely.empty:
        return likely
    if not outcome_value and is_absent(worth):
        return Section.absent(
            "What a new customer is worth is not known, so there is no list. Set outcome_value."
        )
    value = outcome_value or _value_of(likely, worth, min_group)
    probability = likely["chance"] * caused.share
    return likely.assign(
        probability=probability,
        value=value,
        cost=contact_cost,
        expected_net_value=probability * value - contact_cost,
        net_value_low=likely["chance"] * caused.low * value - contact_cost,
    )


def _value_of(likely: pd.DataFrame, worth: pd.DataFrame, min_group: int) -> pd.Series | float:
    """Mean margin of a customer won, of the lead's channel where enough of them are known."""
    mean = customer_value(worth)
    if "channel" not in likely:
        return mean
    sizes = worth.groupby("channel")["money"].agg(["size", "mean"])
    by_channel = sizes.loc[sizes["size"] >= min_group, "mean"]
    return likely["channel"].map(by_channel).fillna(mean).astype(float)


def pursued(
    choice: Choice | Section,
    by_effect: pd.DataFrame | Section,
    by_chance: pd.DataFrame | Section,
) -> pd.DataFrame:
    """Candidates by measured change where campaigns can tell it, else by chance.

    Parameters
    ----------
    choice : Choice
        From `policy.choice`; absent where no campaign can tell it.
    by_effect : DataFrame, one row per person
        From `campaigns.list.candidates`; may be absent.
    by_chance : DataFrame, one row per person
        From `by_chance`; may be absent.

    Returns
    -------
    DataFrame, one row per person, best first
        person_id, what, why, probability, value, cost, expected_net_value, and if_contacted
        or chance
    """
    return best_of(by_chance if is_absent(choice) else by_effect, key=KEY)


def promise(
    report: Report, candidates: pd.DataFrame, *, outcome_days: int, response_days: int
) -> None:
    """Keep what is foreseen of those whom it pays to contact, to be graded when it is due.

    Parameters
    ----------
    report : Report
    candidates : DataFrame, one row per person
        From `pursued`.
    outcome_days, response_days : int
        Days until a conversion, or a response, is due.
    """
    column = next((name for name in ("if_contacted", "chance") if name in candidates), "")
    known = candidates[candidates["expected_net_value"] > 0] if column else candidates.head(0)
    if known.empty:
        return
    converts = column == "chance" and "leads" in report.tables
    days = outcome_days if converts else response_days
    report.promise(
        pd.DataFrame({"subject": known[KEY], "value": known[column].astype(float)}),
        quantity="converted" if converts else "response_if_contacted",
        due_on=report.as_of + days * windows.ONE_DAY,
        model="conversion" if converts else "response",
    )


def _of_hundred(chance: pd.Series) -> pd.Series:
    return (100 * chance).round().astype(int).astype(str)
