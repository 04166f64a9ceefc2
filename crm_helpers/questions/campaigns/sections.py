"""Until acquisition has moved: the section on past campaigns as a class."""

from crm_helpers.page.section import Section
from crm_helpers.page.sections import unless_skipped
from crm_helpers.questions.campaigns.effects import by_campaign
from crm_helpers.questions.campaigns.numbers import UpliftNumbers


class Retention(UpliftNumbers):
    """Sections that rest on randomized campaigns."""

    @unless_skipped
    def campaigns(self) -> Section:
        """What the contacts changed, campaign by campaign."""
        told = by_campaign(self.report, self.contacts, self.effect)
        self.report.keep(told)
        return told
