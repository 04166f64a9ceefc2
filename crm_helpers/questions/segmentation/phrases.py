"""Segments in words: code of a segment -> its rule with the cut points, and what to do."""

from crm_helpers.models.segments import rfm
from crm_helpers.page.numerals import counted, money, number

# What to do with a segment, and what not to.
ACTIONS = {
    rfm.CHAMPIONS: "Thank and inform first; no discount, they buy anyway",
    rfm.LOYAL: "Show what goes with their orders; raise the order value",
    rfm.NEWCOMERS: "Ask for the second order within weeks",
    rfm.PROMISING: "Give a reason for the next order: bundle, news",
    rfm.HESITANT: "Remind once, with an offer that ends",
    rfm.SLIPPING: "Ask why they stay away; personal offer",
    rfm.ASLEEP: "One cheap try, then stop writing",
}


def segment_rules(rules: rfm.RfmSegments, currency: str) -> dict[str, str]:
    """Rule of each segment in words, in the order in which the rules are tried.

    Parameters
    ----------
    rules : RfmSegments
        Fitted.
    currency : str
        Of the source.
    """
    recent = f"last order at most {counted(rules.recent_days_, 'day')} ago"
    quiet = f"last order {counted(rules.quiet_days_, 'day')} ago or more"
    frequent = f"{number(rules.frequent_orders_)} orders or more"
    valuable = f"{money(rules.valuable_sum_, currency)} or more"
    return {
        rfm.CHAMPIONS: f"{recent}, {frequent}, {valuable}",
        rfm.LOYAL: f"{frequent}, not quiet",
        rfm.NEWCOMERS: f"first order ever, at most {counted(rules.recent_days_, 'day')} ago",
        rfm.PROMISING: f"{recent}, none of the above",
        rfm.SLIPPING: f"{quiet}, but {frequent} or {valuable}",
        rfm.HESITANT: "last order in between, none of the above",
        rfm.ASLEEP: f"{quiet}, fewer orders and less revenue",
    }
