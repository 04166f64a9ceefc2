"""Until acquisition has moved: `people` as a class."""

from functools import cached_property

import pandas as pd

from crm_helpers.page.report import Report
from crm_helpers.page.section import is_absent
from crm_helpers.questions.campaigns import people
from crm_helpers.questions.campaigns.policy import margin_share_of
from crm_helpers.questions.consents import consents
from crm_helpers.tables.needs import Skip


class ContactData:
    """Contacts and profiles of a report, of those who may be profiled."""

    def __init__(self, report: Report) -> None:
        self.report = report

    @cached_property
    def agreed(self) -> pd.DataFrame:
        """Consent of each customer."""
        return consents(self.report)

    @cached_property
    def _asked(self) -> pd.DataFrame:
        return there(people.asked(self.report, response_days=self.report.p.response_days))

    @cached_property
    def contacts(self) -> pd.DataFrame:
        """Contacts of those who may be profiled."""
        mixed = bool(self.report.parameters.get("shuffle_outcomes"))
        named = {"shuffle_outcomes": mixed, "seed": self.report.seed}
        return there(people.allowed(self.report, self._asked, self.agreed, **named))

    @property
    def refused(self) -> int:
        """Persons left out."""
        return people.left_out(self._asked, self.contacts)

    def profiles(self) -> pd.DataFrame:
        """What was known of each person before each contact."""
        days = self.report.p.observation_days
        return there(people.profiles_before(self.report, observation_days=days))

    def today(self) -> pd.DataFrame:
        """What is known of each person now."""
        days = self.report.p.observation_days
        known = (self.report, self.profiles(), self.agreed)
        return there(people.profiles_today(*known, observation_days=days))

    @cached_property
    def margin_share(self) -> float:
        """Margin / revenue of the last year where cost is known, else the parameter."""
        return margin_share_of(self.report, self.report.p.margin_share)


def within_reach(
    now: pd.DataFrame, past: pd.DataFrame, column: str = "recency_days"
) -> pd.DataFrame:
    """Persons who are today like those contacted before."""
    return there(people.reachable(now, past, past, column))


def there(made: object) -> object:
    """What was made, or Skip where it is absent."""
    if is_absent(made):
        raise Skip(made.reason)
    return made
