"""Until acquisition has moved: `effects`, `uplift`, `policy` and `list` as a class."""

from functools import cached_property

import pandas as pd

from crm_helpers.measures.effects.effect import Effect
from crm_helpers.measures.effects.policy_value import NOBODY
from crm_helpers.measures.effects.qini import Qini
from crm_helpers.measures.value.contact_money import ContactMoney
from crm_helpers.models.uplift.harm import HarmStudy
from crm_helpers.models.uplift.study import UpliftStudy
from crm_helpers.questions.campaigns import effects, people, policy, uplift
from crm_helpers.questions.campaigns.data import ContactData, there
from crm_helpers.questions.campaigns.list import candidates


class UpliftNumbers:
    """What randomized campaigns of one purpose say."""

    def __init__(self, data: ContactData, purpose: str = "retention") -> None:
        self.data, self.report, self.purpose = data, data.report, purpose

    @cached_property
    def contacts(self) -> pd.DataFrame:
        """Contacts of the randomized campaigns."""
        offer = self.report.parameters.get("offer", "")
        return there(effects.arms(self.data.contacts, purpose=self.purpose, offer=offer))

    @cached_property
    def profiles(self) -> pd.DataFrame:
        """What was known of each person before each contact."""
        return self.data.profiles()

    def today(self) -> pd.DataFrame:
        """What is known of each person now."""
        return self.data.today()

    @cached_property
    def effect(self) -> Effect:
        """Average effect over all campaigns."""
        return there(effects.average(self.contacts))

    @cached_property
    def study(self) -> UpliftStudy:
        """Uplift learned on earlier campaigns, tested on later ones."""
        p = self.report.parameters
        return there(
            uplift.study(
                self.contacts,
                self.profiles,
                protected_columns=p.get("protected_columns", []),
                exclude_columns=p.get("exclude_columns", []),
                response_days=self.report.p.response_days,
                seed=self.report.seed,
            )
        )

    @cached_property
    def harm(self) -> HarmStudy | None:
        """The group better left alone."""
        known = (self.data.contacts, self.contacts, self.profiles, self.study)
        days, seed = self.report.p.response_days, self.report.seed
        return there(uplift.harm(*known, response_days=days, seed=seed))

    @cached_property
    def money(self) -> ContactMoney:
        """What a contact costs and a response is worth."""
        p = self.report.p
        names = ("contact_cost", "offer_cost", "outcome_value", "margin_share")
        given = {name: getattr(p, name) for name in names}
        return there(policy.money(self.report, self.contacts, **given))

    @cached_property
    def qini(self) -> Qini:
        """Qini coefficient on the persons held out."""
        draws, seed = self.report.p.bootstraps, self.report.seed
        return there(uplift.qini(self.study, bootstraps=draws, seed=seed))

    @cached_property
    def choice(self) -> policy.Choice:
        """Whom to contact."""
        return there(policy.choice(self.study, self.money, self.qini))

    @property
    def values(self) -> pd.DataFrame:
        """Policy values on the persons held out."""
        return self.choice.values

    @property
    def verdict(self) -> str:
        """Whom to treat, as the numbers support."""
        return self.choice.verdict

    @cached_property
    def candidates(self) -> pd.DataFrame:
        """Persons to contact now, with what it should bring."""
        choice = self.choice
        if choice.verdict == NOBODY:
            return pd.DataFrame()
        now = there(people.reachable(self.today(), self.contacts, self.profiles))
        return there(candidates(self.contacts, self.study, choice, self.harm, now))
