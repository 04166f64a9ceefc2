"""Responses: who was contacted in campaigns to win customers, and who answered -> one section."""

import pandas as pd

from crm_helpers.measures.statistics.rate_table import rate_table
from crm_helpers.page.names import column_words, value_words
from crm_helpers.page.numerals import number, percent
from crm_helpers.page.section import Section, section, unless_absent
from crm_helpers.page.words import table
from crm_helpers.tables.needs import Skip

PURPOSE = "acquisition"
MOST_ROWS = 12


@unless_absent
def contacted(contacts: pd.DataFrame) -> pd.DataFrame:
    """Persons contacted in campaigns that were to win customers.

    Parameters
    ----------
    contacts : DataFrame, one row per person and campaign

    Returns
    -------
    DataFrame, one row per person and campaign
        The columns of contacts: person_id, campaign, offer, channel : str; responded : bool; ...
    """
    rows = contacts[contacts["is_treated"] & (contacts["purpose"] == PURPOSE)]
    if rows.empty:
        raise Skip("No campaign had the purpose acquisition. Map purpose in the contacts.")
    return rows.reset_index(drop=True)


@unless_absent
def rates(contacted: pd.DataFrame, *, min_group: int) -> Section:
    """Responses by offer, channel and campaign, with their intervals.

    Parameters
    ----------
    contacted : DataFrame, one row per person and campaign
        From `contacted`.
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
    beside = "Groups were not drawn at random against each other: this is who responded, no more."
    return section(says, table(found.assign(interval=words, group=groups), columns), beside)


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


@unless_absent
def worth(arms: pd.DataFrame, customer_value: float, *, outcome_value: float) -> float:
    """Margin of one response: that of a customer x the share of responses that become one.

    Parameters
    ----------
    arms : DataFrame, one row per person and campaign
        responded, [value].
    customer_value : float
        Margin of a customer won; missing where not known.
    outcome_value : float
        Margin of one response as given; 0 takes that of customers won.

    Returns
    -------
    float, 0 where it is not known
    """
    answers = arms[arms["responded"]]
    if outcome_value or "value" not in answers or answers.empty or pd.isna(customer_value):
        return outcome_value
    return float((answers["value"].astype(float) > 0).mean()) * customer_value
