"""What a contact costs and what a response is worth: contacts -> money per person."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class ContactMoney:
    """Money of one contact.

    Attributes
    ----------
    contact_cost : float
        Of every person contacted.
    offer_cost : float
        More, of every person contacted who responds.
    response_value : float
        Margin that one response is worth.
    is_measured : bool
        False where value or cost come from the parameters alone.
    """

    contact_cost: float
    offer_cost: float
    response_value: float
    is_measured: bool

    @property
    def needed_uplift(self) -> float:
        """Rise of the response rate at which a contact pays for itself."""
        net = self.response_value - self.offer_cost
        return self.contact_cost / net if net > 0 else float("inf")

    def expected_cost(self, treated_rate: pd.Series) -> pd.Series:
        """Cost of contacting persons who respond at these rates."""
        return self.contact_cost + self.offer_cost * treated_rate


def contact_money(
    contacts: pd.DataFrame,
    *,
    contact_cost: float,
    offer_cost: float,
    outcome_value: float,
    margin_share: float,
) -> ContactMoney:
    """Money of a contact as the campaigns show it, else as the parameters say.

    Parameters
    ----------
    contacts : DataFrame, one row per contact
        responded, is_treated, [value] (revenue of the response), [cost].
    contact_cost, offer_cost : float
        Taken where the contacts have no cost.
    outcome_value : float
        Margin of one response; 0: mean value of the responses x margin_share.
    margin_share : float
        Share of revenue that stays as margin.

    Returns
    -------
    ContactMoney

    Raises
    ------
    ValueError
        If neither the contacts nor the parameters say what a response is worth.

    Examples
    --------
    >>> contacts = pd.DataFrame({"responded": [True, False], "is_treated": True,
    ...                          "value": [50.0, 0.0], "cost": [4.0, 1.0]})
    >>> contact_money(contacts, contact_cost=9, offer_cost=9, outcome_value=0, margin_share=0.5)
    ContactMoney(contact_cost=1.0, offer_cost=3.0, response_value=25.0, is_measured=True)
    """
    treated = contacts[contacts["is_treated"]]
    costs, has_cost = (contact_cost, offer_cost), "cost" in contacts
    has_cost = has_cost and float(treated["cost"].astype(float).sum()) > 0
    if has_cost:
        mean = treated["cost"].astype(float).groupby(treated["responded"]).mean()
        without = float(mean.get(False, mean.iloc[0]))
        costs = (without, max(0.0, float(mean.get(True, without)) - without))
    value = outcome_value or _mean_value(contacts) * margin_share
    if value <= 0:
        raise ValueError(
            "contacts: no response has a value, so a contact cannot be weighed against its cost. "
            "Map value in the source file or set outcome_value."
        )
    return ContactMoney(*costs, value, has_cost and not outcome_value)


def _mean_value(contacts: pd.DataFrame) -> float:
    if "value" not in contacts or not contacts["responded"].any():
        return 0.0
    return float(contacts.loc[contacts["responded"], "value"].astype(float).mean())
