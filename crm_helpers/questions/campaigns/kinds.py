"""Kinds of persons by what a contact changes: uplift study and money -> kinds, and a section."""

import pandas as pd

from crm_helpers.measures.effects.group_effects import group_effects
from crm_helpers.measures.effects.response_kinds import KINDS, LEAVE_ALONE, response_kinds
from crm_helpers.measures.statistics.claims import CLAIM_LEVEL
from crm_helpers.measures.value.contact_money import ContactMoney
from crm_helpers.models.uplift.harm import HarmStudy
from crm_helpers.models.uplift.study import UpliftStudy
from crm_helpers.page.numerals import percent
from crm_helpers.page.section import Section, section, unless_absent
from crm_helpers.page.words import table
from crm_helpers.questions.campaigns.phrases import points
from crm_helpers.questions.campaigns.policy import net_of

SHOWN_LEVEL = 0.95  # of what is shown and not claimed
FALL_NOT_SHOWN = "fall expected, not shown"
COLUMNS = {
    "named": "Kind",
    "share": ("Share", percent),
    "treated_count": "Contacted",
    "control_count": "Control",
    "control_mean": ("Respond anyway", percent),
    "difference": ("Measured change per 100", points),
    "interval": "Interval at 95 %",
}
EXPLAINED = (
    "Predicted kinds, measured on persons held out. Persuadable: the expected rise pays "
    "for contact and offer; better left alone: a fall is expected, and was measured. With sure "
    "things, who often act anyway, and lost causes the rise is too small to pay."
)


@unless_absent
def predicted(
    study: UpliftStudy, money: ContactMoney, harm: HarmStudy | None, profiles: pd.DataFrame
) -> pd.Series:
    """Predicted kind of each person held out; who is in a group shown to be harmed is left alone.

    Parameters
    ----------
    study : UpliftStudy
    money : ContactMoney
    harm : HarmStudy or None
        From `uplift.harm`.
    profiles : DataFrame, one row per person and campaign

    Returns
    -------
    Series of str, one per row of `study.test`
        persuadable, sure thing, lost cause, better left alone
    """
    rows = study.test
    kinds = response_kinds(
        rows["uplift"],
        rows["control_rate"],
        needed_uplift=money.expected_cost(rows["treated_rate"]) / money.response_value,
        sure_rate=float(rows["treated_rate"].mean()),
    )
    if harm is None or not harm.is_shown:
        return kinds
    keys = rows[["person", "campaign"]].rename(columns={"person": "person_id"})
    known = keys.merge(profiles, on=["person_id", "campaign"], how="left")
    return kinds.mask(harm.group.holds(known), LEAVE_ALONE)


@unless_absent
def measured(study: UpliftStudy, money: ContactMoney, predicted: pd.Series) -> Section:
    """Persuadables, sure things, lost causes, and those better left alone.

    Parameters
    ----------
    study : UpliftStudy
    money : ContactMoney
    predicted : Series of str
        From `predicted`.

    Returns
    -------
    Section
        data : one row per kind: kind, named (in words), share, difference, low, high,
        treated_mean, control_mean, treated_count, control_count, interval
    """
    effects = group_effects(study.test, predicted, interval_level=SHOWN_LEVEL).set_index("group")
    shown = effects.reindex(KINDS).dropna(how="all").rename_axis("kind").reset_index()
    shown["interval"] = [f"{points(r.low)} to {points(r.high)}" for r in shown.itertuples()]
    falls = _falls(study, predicted)
    shown["named"] = shown["kind"] if falls else shown["kind"].replace(LEAVE_ALONE, FALL_NOT_SHOWN)
    pays = float((net_of(money, study.test) > 0).mean())
    alone = float((predicted == LEAVE_ALONE).mean())
    says = (
        f"Of 100 persons a contact is expected to pay for itself with {100 * pays:.0f}, and "
        f"{_left_alone(alone, falls)}"
    )
    return section(says, table(shown, COLUMNS), EXPLAINED)


def _falls(study: UpliftStudy, predicted: pd.Series) -> bool:
    """Whether those with whom a fall was expected fell beyond chance."""
    effects = group_effects(study.test, predicted, interval_level=CLAIM_LEVEL).set_index("group")
    return LEAVE_ALONE in effects.index and bool(effects.at[LEAVE_ALONE, "high"] < 0)


def _left_alone(share: float, falls: bool) -> str:
    if not share:
        return "with nobody a fall is expected"
    if falls:
        return f"{100 * share:.0f} are better left alone"
    return f"the fall that is expected with {100 * share:.0f} is not shown"
