"""Effect of an offer: randomized cross-sell campaigns -> how much it raises the chance to buy."""

import datetime as dt
from dataclasses import dataclass, replace

import ibis.expr.types as ir
import pandas as pd

from crm_helpers.features.contacts import campaign_contacts
from crm_helpers.measures.effects.effect import Effect
from crm_helpers.measures.effects.pooled_effect import pooled_effect
from crm_helpers.measures.effects.rise_interval import rise_interval
from crm_helpers.measures.statistics.bootstrap import Interval
from crm_helpers.measures.statistics.claims import CLAIM_LEVEL

PURPOSE = "cross_sell"


@dataclass(frozen=True)
class OfferEffect:
    """Rise of the chance to buy by an offer, as a share of that chance.

    Attributes
    ----------
    rise : float
        0.5 turns 6 of 100 into 9.
    tested : Effect, or None
        Responses with and without contact in the campaigns it was measured in, with the interval
        of a claim; None where there was no such campaign.
    campaigns : int
        Randomized cross-sell campaigns it was measured in.
    unused : int
        Contacts of cross-sell campaigns that tell nothing of it: no control group drawn at random.
    between : Interval, or None
        Of the rise measured, at the level of a claim; without it that of the difference, for a
        rate without contact taken as known.
    """

    rise: float
    tested: Effect | None = None
    campaigns: int = 0
    unused: int = 0
    between: Interval | None = None

    @property
    def is_shown(self) -> bool:
        """True where the campaigns show beyond chance that an offer raises responses."""
        return self.tested is not None and self.tested.low > 0

    @property
    def measured(self) -> float:
        """Rise that the campaigns measured, shown or not; below 0 for a fall."""
        return self.tested.difference / self.tested.control_mean

    @property
    def low(self) -> float:
        """Low end of the rise; of an assumption the rise itself."""
        return self.limits().get("low", self.rise)

    def limits(self) -> dict[str, float]:
        """Interval of the rise measured, and the people it was measured on; else empty."""
        if self.tested is None:
            return {}
        people = self.tested.treated_count + self.tested.control_count
        base = self.tested.control_mean
        ends = self.between or Interval(self.tested.low / base, self.tested.high / base)
        return {"low": ends.low, "high": ends.high, "level": CLAIM_LEVEL, "n": people}


def effect_of_offers(contacts: ir.Table | None, *, as_of: dt.date, assumed: float) -> OfferEffect:
    """Rise measured in randomized cross-sell campaigns, else the assumed one.

    Where the campaigns do not show a rise beyond chance, the smaller of both counts: an
    assumption is not raised by what chance may have made. What a campaign raised is the chance to
    respond to it; that an offer chosen by rule does the same to the chance to buy one product is
    still an assumption. A measured fall counts as no rise.

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
    parts = (drawn["responded"], drawn["is_treated"], drawn["campaign"])
    tested = pooled_effect(*parts, interval_level=CLAIM_LEVEL)
    if tested.control_mean <= 0:
        return OfferEffect(assumed, unused=unused)
    found = OfferEffect(assumed, tested, drawn["campaign"].nunique(), unused, _between(drawn))
    rise = max(0.0, found.measured)
    return replace(found, rise=rise if found.is_shown else min(rise, assumed))


def _between(people: pd.DataFrame) -> Interval:
    arms = people.groupby(["campaign", "is_treated"])["responded"].agg(["sum", "count"]).unstack()
    counts = [arms[name][arm] for arm in (True, False) for name in ("sum", "count")]
    return Interval(*rise_interval(*counts, interval_level=CLAIM_LEVEL))


def _with_both_arms(people: pd.DataFrame) -> pd.Index:
    arms = people.groupby("campaign")["is_treated"].nunique()
    return arms.index[arms == 2]
