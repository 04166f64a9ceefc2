"""Keeping: what winning a customer costs beside one more order of an old one -> one section."""

import pandas as pd

from crm_helpers.measures.effects.effect import Effect
from crm_helpers.measures.value.contact_money import ContactMoney
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, section, unless_absent
from crm_helpers.page.words import table
from crm_helpers.tables.needs import Skip


@unless_absent
def win_or_keep(
    report: Report,
    cost: float,
    effect: Effect,
    money: ContactMoney,
    *,
    customer_value: float,
    follow_days: int,
) -> Section:
    """Cost of winning a customer beside the cost of one more order of an old one.

    Parameters
    ----------
    report : Report
    cost : float
        Of a customer won, from `lead_costs.customer_cost`.
    effect : Effect
        Of retention contacts.
    money : ContactMoney
        Of retention contacts.
    customer_value : float
        Margin of a customer won, from `channels.customer_value`.
    follow_days : int
        Days in which that margin came.

    Returns
    -------
    Section
        data : two rows, columns what, cost, worth (currency); findings : none
    """
    if not effect.is_shown or effect.difference <= 0:
        raise Skip("Retention campaigns are not shown to keep anybody.")
    kept = (money.contact_cost + money.offer_cost * effect.treated_mean) / effect.difference
    lines = [
        ("win a new customer", cost, customer_value),
        ("bring back one order of a customer", kept, money.response_value),
    ]
    form = lambda amount: report.money(amount, 2)  # noqa: E731
    columns = {"what": "To", "cost": ("Costs", form), "worth": ("Brings margin of", form)}
    shown = table(pd.DataFrame(lines, columns=["what", "cost", "worth"]), columns)
    dearer = "dearer" if cost > kept else "cheaper"
    says = (
        f"Winning a customer costs {form(cost)}, {dearer} than {form(kept)} for one more order of "
        "a customer who is drifting away"
    )
    beside = (
        f"A new customer's margin is that of {follow_days} days, after returns and before other "
        "cost; the kept "
        "order's is that order alone."
    )
    return section(says, shown, beside)
