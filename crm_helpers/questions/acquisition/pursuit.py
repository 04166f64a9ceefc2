"""Whom to pursue: leads and prospects of a report -> candidates with what they should bring."""

from functools import cached_property

import pandas as pd

from crm_helpers.features.contact_profiles import lead_profiles
from crm_helpers.measures.value.contact_money import ContactMoney, contact_money
from crm_helpers.questions.acquisition.campaigns import Acquisition
from crm_helpers.questions.acquisition.channels import Channels
from crm_helpers.questions.acquisition.leads import Leads
from crm_helpers.questions.campaigns.data import within_reach
from crm_helpers.questions.campaigns.numbers import UpliftNumbers
from crm_helpers.tables.needs import Skip

COLUMNS = ["person_id", "what", "why", "probability", "value", "cost", "expected_net_value"]


class Winning(UpliftNumbers):
    """Open leads, by what a contact is measured to change.

    Parameters
    ----------
    channels : Channels
    """

    def __init__(self, channels: Channels) -> None:
        super().__init__(channels.data, "acquisition")
        self.channels = channels

    @property
    def _offer(self) -> str:
        return self.report.parameters.get("offer", "")

    def today(self) -> pd.DataFrame:
        """What is known of each open lead now, as young as those contacted before."""
        if "leads" not in self.report.tables:
            return self.data.today()
        past = self.contacts[["person_id", "campaign"]].merge(self.profiles)
        return within_reach(self.report.features(lead_profiles), past, "lead_days")

    @cached_property
    def money(self) -> ContactMoney:
        """A response is worth a customer's margin x the share of responses that become customers.

        Without a value of customers it is worth what past responses were, or the parameter.
        """
        p = self.report.p
        worth = p.outcome_value or self._worth_of_response()
        try:
            return contact_money(
                self.contacts,
                contact_cost=p.contact_cost,
                offer_cost=p.offer_cost,
                outcome_value=worth,
                margin_share=self.data.margin_share,
            )
        except ValueError as error:
            raise Skip(str(error)) from None

    def _worth_of_response(self) -> float:
        answers = self.contacts[self.contacts["responded"]]
        if "value" not in answers or answers.empty:
            return 0.0
        won = float((answers["value"].astype(float) > 0).mean())
        try:
            return won * self.channels.customer_value
        except Skip:
            return 0.0

    @cached_property
    def candidates(self) -> pd.DataFrame:
        """Open leads to contact, with what it should bring."""
        rows = super().candidates
        return rows.rename(columns={"customer_id": "person_id"})


class Scored:
    """Open leads or prospects by their chance; what a contact adds is an assumption.

    Parameters
    ----------
    story : Acquisition
    channels : Channels
    """

    def __init__(self, story: Acquisition, channels: Channels) -> None:
        self.story, self.channels, self.report = story, channels, story.report

    @cached_property
    def candidates(self) -> pd.DataFrame:
        """Leads where there are some, else the persons contacted before."""
        p = self.report.p
        rows = self._leads() if "leads" in self.report.tables else self._prospects()
        if rows.empty:
            return pd.DataFrame(columns=COLUMNS)
        rows["probability"] = rows["chance"] * p.caused_share
        rows["cost"] = p.contact_cost
        rows["expected_net_value"] = rows["probability"] * rows["value"] - p.contact_cost
        return rows

    def _leads(self) -> pd.DataFrame:
        leads: Leads = self.channels.leads
        if not leads.evidence.finds_something:
            return pd.DataFrame()
        now = leads.open_leads
        why = now["channel"].astype(str) + ", " + _of_hundred(now["chance"]) + " of 100 convert"
        rows = pd.DataFrame({"person_id": now["lead_id"], "chance": now["chance"], "why": why})
        return rows.assign(what="pursue the lead", value=self._value(now["channel"]))

    def _prospects(self) -> pd.DataFrame:
        if not self.story.evidence.finds_something:
            return pd.DataFrame()
        model, rows = self.story.model.model, self.story.rows
        if self.story.evidence.loses_to_rule:
            model = model.by_rule()
        chosen = self.report.p.test_campaign
        if chosen and (rows["campaign"] == chosen).any():
            rows = rows[rows["campaign"] == chosen]
        now = rows.drop_duplicates("person_id", keep="last").reset_index(drop=True)
        chance = pd.Series(model.probability(now))
        why = _of_hundred(chance) + " of 100 like this respond"
        frame = pd.DataFrame({"person_id": now["person_id"], "chance": chance, "why": why})
        return frame.assign(what="contact", value=self._value(None))

    def _value(self, channel: pd.Series | None) -> pd.Series | float:
        p = self.report.p
        if p.outcome_value:
            return p.outcome_value
        try:
            mean, by_channel = self.channels.customer_value, self.channels.channel_value
        except Skip:
            raise Skip(
                "What a new customer is worth is not known, so there is no list. Set outcome_value."
            ) from None
        return mean if channel is None else channel.map(by_channel).fillna(mean).astype(float)


def _of_hundred(chance: pd.Series) -> pd.Series:
    return (100 * chance).round().astype(int).astype(str)
