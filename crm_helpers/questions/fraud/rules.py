"""Which fixed rule to switch on: scored payments -> hits, frauds and money by rule."""

import pandas as pd

from crm_helpers.measures.fraud.paired_saving import pays
from crm_helpers.models.fraud.rules import broken_rules
from crm_helpers.page.numerals import number, per_hundred, percent
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, section, unless_absent
from crm_helpers.page.words import table
from crm_helpers.questions.fraud.detection import Detection
from crm_helpers.questions.fraud.opened import count_of
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
        rule : str; payments, found : int; at_least, low, high : float in [0, 1], share of fraud
        among the hits that is known, and its limits by the random audit; net_value : float,
        currency, by known fraud; does_pay : bool, beyond chance
    """
    test = found.test
    broken = broken_rules(test)
    hit = {words: test[broken[name]] for name, words in RULE_WORDS.items() if broken[name].any()}
    rows = pd.DataFrame([_line(found, words, rows, len(hit)) for words, rows in hit.items()])
    return rows.sort_values("net_value", ascending=False) if len(rows) else rows


def _line(found: Detection, words: str, hits: pd.DataFrame, choices: int) -> dict[str, object]:
    fraud, held = hits["is_fraud"].eq(True).fillna(False).astype(float), count_of(hits)
    saved = fraud * found.stakes.money(hits).fillna(0) * found.stakes.recoverable_share
    net = saved - found.stakes.check_cost
    return {
        "rule": words,
        "payments": len(hits),
        "found": held.known,
        "at_least": held.known_share,
        "low": held.low / len(hits),
        "high": held.high / len(hits),
        "net_value": float(net.sum()),
        "does_pay": pays(net.groupby(hits["owner"]).sum(), choices=choices),
    }


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
        data : one row per rule, columns rule, payments, found, at_least, between, net_value
    """
    if rows.empty:
        raise Skip("no payment breaks a fixed rule: the columns that they need are missing.")
    columns = {
        "rule": "Rule",
        "payments": ("Payments that break it", number),
        "found": ("Known frauds", number),
        "at_least": ("Fraud per hit, at least", percent),
        "between": "Fraud of 100 hits, known and unknown",
        "net_value": (f"Saved less cost, {report.currency}", number),
    }
    beside = (
        "Counted in the test; what is unknown lies within what the random audit allows (95 % "
        "interval). Each hit costs one check; saved is what known fraud would have "
        "cost, so that fraud nobody examined is left out. Limits of the rules were fixed "
        "beforehand, not fitted to labels."
    )
    between = [f"{number(100 * r.low)} to {number(100 * r.high)}" for r in rows.itertuples()]
    return section(_says(rows), table(rows.assign(between=between), columns), beside)


def _says(rows: pd.DataFrame) -> str:
    paying = rows[rows["does_pay"]]
    if paying.empty:
        return "No rule is shown to pay for its checks"
    best = paying.iloc[0]
    hits = per_hundred(best["at_least"], "hits")
    return f"It pays to check: {best['rule']} (at least {hits} are fraud)"
