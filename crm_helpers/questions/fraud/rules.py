"""Which fixed rule to switch on: scored payments -> hits, frauds and money by rule."""

import pandas as pd

from crm_helpers.measures.value.capacity import at_capacity
from crm_helpers.models.fraud.rules import broken_rules
from crm_helpers.page.numerals import number, per_hundred, percent
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, section, unless_absent
from crm_helpers.page.words import table
from crm_helpers.questions.fraud.detection import Detection
from crm_helpers.questions.fraud.phrases import RULE_WORDS
from crm_helpers.tables.needs import Skip


def by_rule(found: Detection) -> pd.DataFrame:
    """Hits, frauds and money of each rule in the test, most saved first.

    Parameters
    ----------
    found : Detection

    Returns
    -------
    DataFrame, one row per rule that a payment of the test breaks
        rule : str; cases, found : int; precision : float in [0, 1]; net_value : float, currency
    """
    test = found.test
    broken = broken_rules(test)
    lines = []
    for name, words in RULE_WORDS.items():
        one = at_capacity(broken[name], test["is_fraud"], found.stakes.money(test))
        lines.append((words, one.cases, one.found, one.precision, found.stakes.saved(one)))
    rows = pd.DataFrame(lines, columns=["rule", "cases", "found", "precision", "net_value"])
    return rows[rows["cases"] > 0].sort_values("net_value", ascending=False)


@unless_absent
def rules(report: Report, rows: pd.DataFrame) -> Section:
    """What each fixed rule would have caught in the test.

    Parameters
    ----------
    report : Report
    rows : DataFrame, one row per rule
        From `by_rule`.

    Returns
    -------
    Section
        data : one row per rule, columns rule, cases, found, precision, net_value
    """
    if rows.empty:
        raise Skip("no payment breaks a fixed rule: the columns that they need are missing.")
    best = rows.iloc[0]
    says = f"Switch on first: {best['rule']} ({per_hundred(best['precision'], 'hits')} are fraud)"
    columns = {
        "rule": "Rule",
        "cases": ("Payments that break it", number),
        "found": ("Known frauds", number),
        "precision": ("Fraud per hit", percent),
        "net_value": (f"Saved less cost, {report.currency}", number),
    }
    beside = (
        "Counted in the test, with fraud nobody examined taken for honest: the share of fraud "
        "is at least this. Limits of the rules were fixed beforehand, not fitted to labels."
    )
    return section(says, table(rows, columns), beside)
