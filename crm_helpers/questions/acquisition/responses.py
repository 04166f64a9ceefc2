"""Responses: who was contacted in campaigns to win customers, and who answered -> one section."""

import pandas as pd

from crm_helpers.measures.statistics.rate_table import rate_table
from crm_helpers.page.names import column_words, value_words
from crm_helpers.page.numerals import number, percent
from crm_helpers.page.section import Section, is_absent, section, unless_absent
from crm_helpers.page.words import table
from crm_helpers.questions.campaigns.purposes import NOT_STATED, mapped_in_words, taken_elsewhere
from crm_helpers.tables.needs import Skip

PURPOSE = "acquisition"
MOST_ROWS = 12


@unless_absent
def contacted(contacts: pd.DataFrame, *, purpose: str = PURPOSE) -> pd.DataFrame:
    """Persons contacted in campaigns of a purpose.

    Parameters
    ----------
    contacts : DataFrame, one row per person and campaign
    purpose : str, default acquisition
        From `campaigns.purposes.purpose_asked`.

    Returns
    -------
    DataFrame, one row per person and campaign
        The columns of contacts: person_id, campaign, offer, channel : str; responded : bool; ...
    """
    rows = contacts[contacts["is_treated"] & (contacts["purpose"] == purpose)]
    if rows.empty:
        raise Skip(
            f"No campaign had the purpose {purpose}. Mapped are {mapped_in_words(contacts)}."
        )
    return rows.reset_index(drop=True)


@unless_absent
def rates(
    contacted: pd.DataFrame, contacts: pd.DataFrame, *, purpose: str = PURPOSE, min_group: int
) -> Section:
    """Responses by offer, channel and campaign, with their intervals.

    Parameters
    ----------
    contacted : DataFrame, one row per person and campaign
        From `contacted`.
    contacts : DataFrame, one row per person and campaign
        All, of whom those of other purposes are named.
    purpose : str, default acquisition
        Of those contacted.
    min_group : int
        Groups with fewer persons are not shown.

    Returns
    -------
    Section
        data : one row per group, columns kind (offer, channel or campaign), group, count, rate,
        low, high, interval (in words); findings : none
    """
    found = rate_table(contacted, ["offer", "channel", "campaign"], "responded")
    found = found[found["count"] >= min_group].head(MOST_ROWS)
    words = [f"{percent(row.low)} to {percent(row.high)}" for row in found.itertuples()]
    groups = [value_words(row.kind, row.group) for row in found.itertuples()]
    columns = {
        "kind": ("By", column_words),
        "group": "Group",
        "count": "Contacted",
        "rate": ("Responded", percent),
        "interval": "Interval at 95 %",
    }
    says = f"Of 100 persons contacted {number(100 * response_rate(contacted), 1)} responded"
    beside = (
        "Groups were not drawn at random against each other: this is who responded, no more. "
        f"{_of_purpose(purpose)}{taken_elsewhere(contacts, purpose=purpose)}"
    )
    return section(says, table(found.assign(interval=words, group=groups), columns), beside.strip())


def _of_purpose(purpose: str) -> str:
    """What was looked at where no campaign was to win customers."""
    if purpose == PURPOSE:
        return ""
    named = "no purpose" if purpose == NOT_STATED else f"the purpose {purpose}"
    return f"No campaign had the purpose acquisition: these had {named}. "


def response_rate(contacted: pd.DataFrame) -> float:
    """Share of those contacted who responded.

    Parameters
    ----------
    contacted : DataFrame, one row per person and campaign

    Returns
    -------
    float in [0, 1]
    """
    return float(contacted["responded"].mean())


def worth(
    arms: pd.DataFrame | Section, customer_value: float, *, outcome_value: float
) -> float | Section:
    """Margin of one response: that of a customer x the share of responses that become one.

    Parameters
    ----------
    arms : DataFrame, one row per person and campaign
        responded, [value]; may be absent.
    customer_value : float
        Margin of a customer won; missing where not known.
    outcome_value : float
        Margin of one response as given; 0 takes that of customers won.

    Returns
    -------
    float, or Section without an answer where it is not known
    """
    if is_absent(arms) or outcome_value:
        return arms if is_absent(arms) else outcome_value
    answers = arms[arms["responded"]]
    if "value" not in answers or answers.empty or pd.isna(customer_value):
        return Section.absent(f"What a response is worth is not known: {_lacks(answers)}.")
    return float((answers["value"].astype(float) > 0).mean()) * customer_value


def _lacks(answers: pd.DataFrame) -> str:
    if answers.empty:
        return "nobody has responded yet. Set outcome_value"
    if "value" not in answers:
        return "map value in the contacts, or set outcome_value"
    return "no customer won could be followed with prices. Set outcome_value"
