"""Which kinds of fraud are found: known frauds of the test -> shares by the rule they broke."""

import pandas as pd

from crm_helpers.models.fraud.rules import broken_rules, kind_of_case
from crm_helpers.page.numerals import number, percent
from crm_helpers.page.section import Section, section, unless_absent
from crm_helpers.page.words import table
from crm_helpers.questions.fraud.detection import CLUSTERS, TOGETHER, Detection
from crm_helpers.questions.fraud.phrases import RULE_WORDS
from crm_helpers.tables.needs import Skip


@unless_absent
def by_kind(found: Detection) -> pd.DataFrame:
    """Known and opened frauds of the test by kind.

    Parameters
    ----------
    found : Detection

    Returns
    -------
    DataFrame, one row per kind, the most frequent first
        kind : str; known, found : int; found_share : float in [0, 1]
    """
    test = found.test
    test = test[test["is_fraud"].eq(True).fillna(False).astype(bool)]
    if test.empty:
        raise Skip("no payment of the test is known to be fraud.")
    kind = kind_of_case(broken_rules(test)).map(RULE_WORDS).fillna("breaks no rule")
    kind = kind.mask(test[CLUSTERS].notna(), "refunds just below a limit at one shop")
    picked = found.opened(TOGETHER)[test.index]
    rows = picked.groupby(kind).agg(["size", "sum"]).set_axis(["known", "found"], axis=1)
    rows = rows.assign(found_share=rows["found"] / rows["known"]).rename_axis("kind")
    return rows.sort_values("known", ascending=False).reset_index()


@unless_absent
def kinds(rows: pd.DataFrame) -> Section:
    """Known frauds of the test by kind, and how many of each were opened.

    Parameters
    ----------
    rows : DataFrame, one row per kind
        From `by_kind`.

    Returns
    -------
    Section
        data : one row per kind, columns kind, known, found, found_share
    """
    low = rows.sort_values("found_share").iloc[0]
    says = f"Least is found of: {low['kind']} ({number(low['found'])} of {number(low['known'])})"
    columns = {
        "kind": "Kind of fraud, by what it broke",
        "known": ("Known frauds", number),
        "found": ("Opened", number),
        "found_share": ("Share opened", percent),
    }
    beside = (
        "Kinds are told by fixed rules, because the labels do not name them; small numbers: "
        "a few cases more or less change the shares."
    )
    return section(says, table(rows, columns), beside)
