"""Which kinds of fraud are found: known frauds of the test -> shares by the rule they broke."""

import pandas as pd

from crm_helpers.measures.fraud.missed_kind import missed_more
from crm_helpers.models.fraud.links import connected
from crm_helpers.models.fraud.rules import broken_rules, kind_of_case
from crm_helpers.page.numerals import number, percent
from crm_helpers.page.section import Section, section, unless_absent
from crm_helpers.page.words import table
from crm_helpers.questions.fraud.detection import CLUSTERS, TOGETHER, Detection
from crm_helpers.questions.fraud.phrases import RULE_WORDS
from crm_helpers.tables.needs import Skip

NO_RULE = "breaks no rule"


@unless_absent
def by_kind(found: Detection) -> pd.DataFrame:
    """Known and opened frauds of the test by kind.

    Parameters
    ----------
    found : Detection

    Returns
    -------
    DataFrame, one row per kind, the most frequent first
        kind : str; known, found : int, payments; fraudsters, caught : int, payments that share
        card, device or customer counted once; found_share : float in [0, 1]; is_missed : bool,
        of which less is found than of the others, beyond chance
    """
    test = found.test
    test = test[test["is_fraud"].eq(True).fillna(False).astype(bool)]
    if test.empty:
        raise Skip("no payment of the test is known to be fraud.")
    kind = kind_of_case(broken_rules(test)).map(RULE_WORDS).fillna(NO_RULE)
    if kind.eq(NO_RULE).all() and test[CLUSTERS].isna().all():
        raise Skip("no known fraud breaks a fixed rule, so none can be told from the others.")
    kind = kind.mask(test[CLUSTERS].notna(), "refunds just below a limit at one shop")
    picked = found.opened(TOGETHER)[test.index]
    rows = _counts(picked, kind, ("known", "found"))
    fraudster = pd.Series(connected(test), index=test.index)
    # A fraudster is of the kind that any of his payments shows: the first ones break no rule yet.
    told = pd.DataFrame({"kind": kind.where(kind != NO_RULE), "picked": picked})
    once = told.groupby(fraudster)
    shown = once["kind"].first().fillna(NO_RULE)
    caught = _counts(once["picked"].max(), shown, ("fraudsters", "caught"))
    rows = rows.join(caught).fillna({"fraudsters": 0, "caught": 0})
    rows = rows.astype({"fraudsters": int, "caught": int})
    missed = missed_more(rows["fraudsters"], rows["caught"])
    rows = rows.assign(found_share=rows["found"] / rows["known"], is_missed=missed)
    return rows.sort_values("known", ascending=False).reset_index()


def _counts(picked: pd.Series, kind: pd.Series, names: tuple[str, str]) -> pd.DataFrame:
    counts = picked.astype(int).groupby(kind).agg(["size", "sum"]).set_axis(list(names), axis=1)
    return counts.rename_axis("kind")


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
        data : one row per kind, columns kind, known, found, found_share, fraudsters, caught
    """
    columns = {
        "kind": "Kind of fraud, by what it broke",
        "known": ("Known fraudulent payments", number),
        "found": ("Opened", number),
        "found_share": ("Share opened", percent),
        "fraudsters": ("Fraudsters", number),
        "caught": ("Of them opened", number),
    }
    beside = (
        "Kinds are told by fixed rules, because the labels do not name them. Payments that share "
        "a card, a device or a customer are one fraudster: they are found or missed together."
    )
    return section(_says(rows), table(rows, columns), beside)


def _says(rows: pd.DataFrame) -> str:
    missed = rows[rows["is_missed"]]
    if missed.empty:
        opened, known = number(rows["found"].sum()), number(rows["known"].sum())
        return f"{opened} of {known} known frauds are opened, no kind shown to be missed more"
    worst = missed.sort_values("found_share").iloc[0]
    found = f"{number(worst['caught'])} of {number(worst['fraudsters'])} fraudsters"
    return f"Least is found of: {worst['kind']} ({found})"
