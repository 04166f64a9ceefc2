"""Numbers behind the retention report: randomized campaigns -> effects, policies, candidates."""

from functools import cached_property

import pandas as pd

from crm_helpers.measures.effects.effect import Effect
from crm_helpers.measures.effects.policy_value import NOBODY, policy_values, policy_verdict
from crm_helpers.measures.effects.pooled_effect import pooled_effect
from crm_helpers.measures.effects.qini import Qini, qini_interval
from crm_helpers.measures.effects.response_kinds import LEAVE_ALONE, response_kinds
from crm_helpers.measures.forecasts.evidence import CLAIM_LEVEL
from crm_helpers.measures.value.contact_money import ContactMoney, contact_money
from crm_helpers.models.uplift.harm import HarmStudy, harm_study
from crm_helpers.models.uplift.study import UpliftStudy, randomized, uplift_study
from crm_helpers.questions.campaigns.data import ContactData, within_reach
from crm_helpers.tables.needs import Skip


class UpliftNumbers:
    """What randomized campaigns of one purpose say; each number is worked out once.

    Parameters
    ----------
    data : ContactData
    """

    def __init__(self, data: ContactData, purpose: str = "retention") -> None:
        self.data, self.report, self.purpose = data, data.report, purpose

    @cached_property
    def contacts(self) -> pd.DataFrame:
        """Contacts of the randomized campaigns, one arm and its control group."""
        return randomized(self.data.contacts, purpose=self.purpose, offer=self._offer)

    @property
    def _offer(self) -> str:
        return self.report.parameters.get("offer", "")

    @cached_property
    def profiles(self) -> pd.DataFrame:
        """What was known of each person before each contact."""
        return self.data.profiles()

    def today(self) -> pd.DataFrame:
        """What is known of each person now."""
        return self.data.today()

    @cached_property
    def effect(self) -> Effect:
        """Average effect over all campaigns, with the interval of a claim."""
        rows = self.contacts
        return pooled_effect(
            rows["responded"], rows["is_treated"], rows["campaign"], interval_level=CLAIM_LEVEL
        )

    @cached_property
    def study(self) -> UpliftStudy:
        """Uplift learned on earlier campaigns, tested on later ones."""
        p = self.report.parameters
        exclude = (*p.get("protected_columns", ()), *p.get("exclude_columns", ()))
        return uplift_study(
            self.contacts,
            self.profiles,
            exclude=exclude,
            response_days=self.report.p.response_days,
            seed=self.report.seed,
        )

    @cached_property
    def harm(self) -> HarmStudy | None:
        """The group better left alone; campaigns to active customers help to find it."""
        rows = [self.contacts]
        if self.purpose == "retention":
            rows += _others(self.data.contacts)
        return harm_study(
            pd.concat(rows, ignore_index=True),
            self.profiles,
            self.study.columns,
            purpose=self.purpose,
            response_days=self.report.p.response_days,
            seed=self.report.seed,
        )

    @cached_property
    def money(self) -> ContactMoney:
        """What a contact costs and a response is worth."""
        p = self.report.p
        try:
            return contact_money(
                self.contacts,
                contact_cost=p.contact_cost,
                offer_cost=p.offer_cost,
                outcome_value=p.outcome_value,
                margin_share=self.data.margin_share,
            )
        except ValueError as error:
            raise Skip(str(error)) from None

    @cached_property
    def values(self) -> pd.DataFrame:
        """Policy values on the persons held out."""
        test, money = self.study.test, self.money
        cost = money.expected_cost(test["treated_rate"])
        pays = self.net_of(test) > 0
        return policy_values(
            test["effect_score"], pays, value=money.response_value, cost=cost,
            person=test["person"],
        )  # fmt: skip

    @property
    def verdict(self) -> str:
        """Whom to treat, as the numbers support."""
        return policy_verdict(self.values, orders_persons=self.qini.finds_something)

    @cached_property
    def qini(self) -> Qini:
        """Qini coefficient on the persons held out."""
        test = self.study.test
        return qini_interval(
            test["outcome"], test["is_treated"], test["uplift"], person=test["person"],
            draws=self.report.p.bootstraps, seed=self.report.seed,
        )  # fmt: skip

    def net_of(self, rows: pd.DataFrame) -> pd.Series:
        """Expected money of contacting each person of forecasts."""
        money = self.money
        return rows["uplift"] * money.response_value - money.expected_cost(rows["treated_rate"])

    @cached_property
    def kinds_tested(self) -> pd.Series:
        """Predicted kind of each person held out; who is in the harmed group is left alone."""
        rows, money = self.study.test, self.money
        needed = money.expected_cost(rows["treated_rate"]) / money.response_value
        sure = float(rows["treated_rate"].mean())
        kinds = response_kinds(
            rows["uplift"], rows["control_rate"], needed_uplift=needed, sure_rate=sure
        )
        if self.harm is None or not self.harm.is_shown:
            return kinds
        keys = rows[["person", "campaign"]].rename(columns={"person": "person_id"})
        known = keys.merge(self.profiles, on=["person_id", "campaign"], how="left")
        return kinds.mask(self.harm.group.holds(known), LEAVE_ALONE)

    @cached_property
    def candidates(self) -> pd.DataFrame:
        """Persons to contact now, with what it should bring; none where it is not shown to pay."""
        if self.verdict == NOBODY:
            return pd.DataFrame()
        past = self.contacts[["person_id", "campaign"]].merge(self.profiles)
        now = within_reach(self.today(), past)
        if not len(now):
            return pd.DataFrame()
        forecasts = self.study.forecasts(now)
        frame = now.reindex(columns=self.study.columns)
        return self._as_candidates(now, forecasts, self.study.tree.groups(frame))

    def _as_candidates(
        self, now: pd.DataFrame, forecasts: pd.DataFrame, group: pd.Series
    ) -> pd.DataFrame:
        net = self.net_of(forecasts)
        if self.harm is not None and self.harm.is_shown:
            net = net.mask(self.harm.group.holds(now), -1.0)
        return pd.DataFrame(
            {
                "customer_id": now["person_id"],
                "what": f"{self.purpose.replace('_', '-')} contact",
                "why": "in the group: " + group,
                "probability": forecasts["uplift"].clip(0, 1),
                "value": self.money.response_value,
                "cost": self.money.expected_cost(forecasts["treated_rate"]),
                "expected_net_value": net,
                "if_contacted": forecasts["treated_rate"].clip(0, 1),
            }
        )


def _others(contacts: pd.DataFrame) -> list[pd.DataFrame]:
    """Randomized campaigns to customers who still buy; none is no reason to stop."""
    try:
        return [randomized(contacts, purpose="cross_sell")]
    except Skip:
        return []
