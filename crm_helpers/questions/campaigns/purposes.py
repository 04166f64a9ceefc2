"""Purposes of contacts: which are mapped, and which report takes each -> words."""

import pandas as pd

from crm_helpers.page.numerals import counted, number
from crm_helpers.page.section import Section, is_absent

NOT_STATED = "not stated"
# Every purpose is taken by a report; acquisition takes what has no other.
TAKEN_BY = {
    "acquisition": "acquisition",
    "retention": "retention",
    "win_back": "retention",
    "cross_sell": "cross_sell",
    NOT_STATED: "acquisition",
}
# What acquisition falls back on where no campaign was to win customers.
ELSE = ("cross_sell", NOT_STATED)


def purpose_asked(contacts: pd.DataFrame | Section, *, purpose: str = "acquisition") -> str:
    """Purpose whose contacts acquisition looks at: its own, else one that none other answers.

    Parameters
    ----------
    contacts : DataFrame, one row per person and campaign
        purpose; may be absent.
    purpose : str, default "acquisition"

    Returns
    -------
    str, one of `TAKEN_BY`
    """
    if is_absent(contacts):
        return purpose
    mapped = set(contacts["purpose"])
    return next((one for one in (purpose, *ELSE) if one in mapped), purpose)


def mapped_in_words(contacts: pd.DataFrame) -> str:
    """Contacts by purpose, most first, with the report that takes each.

    Parameters
    ----------
    contacts : DataFrame, one row per person and campaign
        purpose.

    Returns
    -------
    str

    Examples
    --------
    >>> mapped_in_words(pd.DataFrame({"purpose": ["retention", "win_back", "retention"]}))
    '2 of purpose retention (report retention), 1 of purpose win_back (report retention)'
    """
    counts = contacts["purpose"].value_counts().sort_index().sort_values(ascending=False)
    return ", ".join(
        f"{number(count)} {_named(purpose)} (report {TAKEN_BY.get(purpose, 'acquisition')})"
        for purpose, count in counts.items()
    )


def _named(purpose: str) -> str:
    return "without a purpose" if purpose == NOT_STATED else f"of purpose {purpose}"


def taken_elsewhere(contacts: pd.DataFrame | Section, *, purpose: str) -> str:
    """Sentence on contacts of other purposes than the one looked at; empty without any.

    Parameters
    ----------
    contacts : DataFrame, one row per person and campaign
        purpose; may be absent.
    purpose : str
        Looked at here.
    """
    if is_absent(contacts):
        return ""
    others = contacts[contacts["purpose"] != purpose]
    if others.empty:
        return ""
    return f"{counted(len(others), 'contact')} more: {mapped_in_words(others)}."
