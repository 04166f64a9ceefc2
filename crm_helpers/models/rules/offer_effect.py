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
    unused : int
        Contacts of cross-sell campaigns that tell nothing of it: no control group drawn at random.
    """

    rise: float
    tested: Effect | None = None
    campaigns: int = 0
    unused: int = 0

    @property
    def low(self) -> float:
        """Low end of the rise; of an assumption the rise itself."""
        return self.limits().get("low", self.rise)

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
    if contacts is None or "purpose" not in contacts.columns:
        return OfferEffect(assumed)
    known = campaign_contacts(contacts, as_of=as_of)
    ours = known.filter(known["purpose"] == PURPOSE)
    people = ours.select("campaign", "is_treated", "is_randomized", "responded").to_pandas()
    drawn = people[people["is_randomized"]]
    drawn = drawn[drawn["campaign"].isin(_with_both_arms(drawn))]
    unused = len(people) - len(drawn)
    if drawn.empty:
        return OfferEffect(assumed, unused=unused)
    tested = pooled_effect(drawn["responded"], drawn["is_treated"], drawn["campaign"])
    if tested.control_mean <= 0:
        return OfferEffect(assumed, unused=unused)
    rise = max(0.0, tested.difference / tested.control_mean)
    return OfferEffect(rise, tested, drawn["campaign"].nunique(), unused)


def _with_both_arms(people: pd.DataFrame) -> pd.Index:
    arms = people.groupby("campaign")["is_treated"].nunique()
    return arms.index[arms == 2]
