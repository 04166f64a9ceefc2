"""Effect of an offer: randomized cross-sell campaigns -> how much it raises the chance to buy."""

import datetime as dt
from dataclasses import dataclass

import ibis.expr.types as ir
import pandas as pd

from crm_helpers.features.contacts import campaign_contacts
from crm_helpers.measures.effects.effect import Effect
from crm_helpers.measures.effects.pooled_effect import pooled_effect

PURPOSE = "cross_sell"


@dataclass(frozen=True)
class OfferEffect:
    """Rise of the chance to buy by an offer, as a share of that chance.

    Attributes
    ----------
    rise : float
        0.5 turns 6 of 100 into 9.
    tested : Effect, or None
        Responses with and without contact in the campaigns it was measured in; None where the
        rise is an assumption.
    campaigns : int
        Randomized cross-sell campaigns it was measured in.
    """

    rise: float
    tested: Effect | None = None
    campaigns: int = 0

    def limits(self) -> dict[str, float]:
        """Interval of the rise, and the people it was measured on; empty for an assumption."""
        if self.tested is None:
            return {}
        base = self.tested.control_mean
        people = self.tested.treated_count + self.tested.control_count
        return {"low": self.tested.low / base, "high": self.tested.high / base, "n": people}


def effect_of_offers(contacts: ir.Table | None, *, as_of: dt.date, assumed: float) -> OfferEffect:
    """Rise measured in randomized cross-sell campaigns, else the assumed one.

    What a campaign raised is the chance to respond to it; that an offer chosen
    by rule does the same to the chance to buy one product is still an
    assumption. A measured fall counts as no rise.

    Parameters
    ----------
    contacts : Table, one row per person and campaign, or None
        Columns campaign, purpose, is_treated, is_randomized, responded.
    as_of : date
        Last day whose knowledge counts, inclusive.
    assumed : float
        Rise taken where none was measured.

    Returns
    -------
    OfferEffect
    """
    if contacts is None or not {"purpose", "is_randomized"} <= set(contacts.columns):
        return OfferEffect(assumed)
    known = campaign_contacts(contacts, as_of=as_of)
    tried = known.filter(known["is_randomized"], known["purpose"] == PURPOSE)
    people = tried.select("campaign", "is_treated", "responded").to_pandas()
    people = people[people["campaign"].isin(_with_both_arms(people))]
    if people.empty:
        return OfferEffect(assumed)
    tested = pooled_effect(people["responded"], people["is_treated"], people["campaign"])
    if tested.control_mean <= 0:
        return OfferEffect(assumed)
    rise = max(0.0, tested.difference / tested.control_mean)
    return OfferEffect(rise, tested, people["campaign"].nunique())


def _with_both_arms(people: pd.DataFrame) -> pd.Index:
    arms = people.groupby("campaign")["is_treated"].nunique()
    return arms.index[arms == 2]
