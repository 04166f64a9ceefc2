"""Share of responses that a contact causes: measured by control groups, else assumed -> words."""

from dataclasses import dataclass

from crm_helpers.measures.effects.effect import Effect
from crm_helpers.page.numerals import percent
from crm_helpers.page.section import Section, is_absent


@dataclass(frozen=True)
class Caused:
    """Share of the responses of those contacted that come only because of the contact.

    Attributes
    ----------
    share : float in [0, 1]
    low : float in [0, 1]
        Low end of what was measured; of an assumption the share itself.
    is_measured : bool
    """

    share: float
    low: float
    is_measured: bool

    @property
    def words(self) -> str:
        """What the share rests on, as a sentence."""
        if not self.is_measured:
            return (
                f"Assumption: {percent(self.share)} of the responses or conversions come only "
                "because of the contact. No campaign with a control group says how many."
            )
        return (
            f"By the control groups of past campaigns {percent(self.share)} of the responses came "
            f"only because of the contact ({percent(self.low)} at the low end); that it is the "
            "same for everybody, and for conversions, is an assumption."
        )


def caused_by(effect: Effect | Section, *, caused_share: float) -> Caused:
    """Share caused: the rise over the rate of those contacted, where chance decided on contacts.

    Parameters
    ----------
    effect : Effect
        Of contacts drawn at random, from `campaigns.effects.average`; may be absent.
    caused_share : float in [0, 1]
        Assumed where nothing was measured.
    """
    if is_absent(effect) or effect.treated_mean <= 0:
        return Caused(caused_share, caused_share, is_measured=False)
    share, low = (
        min(1.0, max(0.0, change / effect.treated_mean))
        for change in (effect.difference, effect.low)
    )
    return Caused(share, low, is_measured=True)
