"""Rates by group: decisions, outcomes and groups of applications -> approvals, gaps, errors."""

import pandas as pd

from crm_helpers.measures.credit.disparate_impact import disparate_impact, independence_chance
from crm_helpers.measures.credit.group_approval import group_approval, group_errors
from crm_helpers.measures.statistics.claims import claim_level
from crm_helpers.models.credit.study import KEY
from crm_helpers.page.names import value_words
from crm_helpers.questions.credit.phrases import said
from crm_helpers.tables.needs import Skip

MIN_GROUP = 30
NO_GROUPS = "No protected attribute has two groups of a size that may be shown."


def applicant(rows: pd.DataFrame) -> pd.Series:
    """Who made each application: its customer, or where nobody is named the application itself.

    Parameters
    ----------
    rows : DataFrame, one row per application

    Returns
    -------
    Series, shape (n_applications,)
    """
    return rows["customer_id"].fillna(rows[KEY]) if "customer_id" in rows else rows[KEY]


def approval_lines(
    approved: pd.Series, groups: pd.DataFrame, who: pd.Series, *, min_group: int = MIN_GROUP
) -> pd.DataFrame:
    """Approval rate of each group of each protected attribute.

    Parameters
    ----------
    approved : Series of bool, shape (n_applications,)
    groups : DataFrame of str, one row per application, in the same order
    who : Series, shape (n_applications,)
    min_group : int

    Returns
    -------
    DataFrame, one row per group of `min_group` or more
        group, protected, label : str; n : int; approved_share, low, high : float in [0, 1]
    """
    parts = [
        group_approval(approved, groups[name], customer=who, fewest=min_group).assign(
            protected=name
        )
        for name in groups
    ]
    return _labelled(pd.concat(parts, ignore_index=True))


def impacts(
    approved: pd.Series, groups: pd.DataFrame, lines: pd.DataFrame, who: pd.Series
) -> pd.DataFrame:
    """Disparate impact of each protected attribute with two groups or more.

    Parameters
    ----------
    approved : Series of bool, shape (n_applications,)
    groups : DataFrame of str, one row per application, in the same order
    lines : DataFrame, one row per group
        As `approval_lines` gives it.
    who : Series, shape (n_applications,)

    Returns
    -------
    DataFrame, one row per protected attribute
        protected : str; the parts of ``Impact``; names_a_pair : bool

    Raises
    ------
    Skip
        If none has two groups of a size that may be shown, or nobody is approved.
    """
    several = [name for name, part in lines.groupby("protected", sort=False) if len(part) > 1]
    if not several or not approved.any():
        raise Skip(NO_GROUPS)
    found = []
    for name in several:
        of = groups[name].isin(lines.loc[lines["protected"] == name, "group"])
        told = (approved[of], groups.loc[of, name], who[of])
        if told[0].any():
            impact = disparate_impact(*told, attributes=len(several))
            found.append({"protected": name, **impact._asdict(), "pair": impact.names_a_pair})
    return pd.DataFrame(found).rename(columns={"pair": "names_a_pair"})


def groups_of_tested(
    proven: pd.DataFrame, scored: pd.DataFrame, groups: pd.DataFrame
) -> pd.DataFrame:
    """Groups of the tested applications, found by id.

    Parameters
    ----------
    proven : DataFrame, one row per tested application
    scored, groups : DataFrame, one row per application, in the same order

    Returns
    -------
    DataFrame of str, one row per tested application, in the order and index of `proven`
    """
    place = pd.Series(scored.index, index=scored[KEY]).loc[proven[KEY]]
    return groups.loc[place].set_axis(proven.index)


def error_lines(
    approved: pd.Series, proven: pd.DataFrame, groups: pd.DataFrame, *, min_group: int = MIN_GROUP
) -> pd.DataFrame:
    """Errors of each group of each protected attribute, of tested credits.

    Parameters
    ----------
    approved : Series of bool, shape (n_tested,)
    proven, groups : DataFrame, one row per tested application, in the same order
    min_group : int

    Returns
    -------
    DataFrame, one row per group of `min_group` or more
        group, protected, label : str; n, good_n, bad_n : int; good_declined, good_low,
        good_high, bad_approved, bad_low, bad_high : float in [0, 1]
    """
    bad, who = proven["defaulted"], _tested_applicant(proven)
    parts = [
        group_errors(approved, bad, of, customer=who, fewest=min_group).assign(protected=name)
        for name, of in groups.items()
    ]
    return _labelled(pd.concat(parts, ignore_index=True))


def declined_unlike(
    declined: pd.Series, proven: pd.DataFrame, groups: pd.DataFrame, lines: pd.DataFrame
) -> list[str]:
    """Attributes by which good ones are declined unlike, tested at one level for all of them.

    Parameters
    ----------
    declined : Series of bool, shape (n_tested,)
    proven, groups : DataFrame, one row per tested application, in the same order
    lines : DataFrame, one row per group
        As `error_lines` gives it.

    Returns
    -------
    list of str
    """
    good, who = ~proven["defaulted"].astype(bool), _tested_applicant(proven)
    several = [name for name, part in lines.groupby("protected", sort=False) if len(part) > 1]
    unlike = []
    for name in several:
        of = good & groups[name].isin(lines.loc[lines["protected"] == name, "group"])
        chance = independence_chance(declined[of], groups.loc[of, name], who[of])
        unlike += [name] * (chance <= 1 - claim_level(len(several)))
    return unlike


def _tested_applicant(proven: pd.DataFrame) -> pd.Series:
    return proven["customer"] if "customer" in proven else proven[KEY]


def _labelled(lines: pd.DataFrame) -> pd.DataFrame:
    """Lines of groups with a label: what the group is of, and its name."""
    pairs = zip(lines["protected"], lines["group"], strict=True)
    return lines.assign(label=[f"{said(name)} {value_words(name, group)}" for name, group in pairs])
