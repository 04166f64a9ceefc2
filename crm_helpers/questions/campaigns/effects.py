"""Effects of contacts: contacts of randomized campaigns -> average effect, campaign by campaign."""

import pandas as pd

from crm_helpers.charts.chart import Chart
from crm_helpers.charts.effects import effect_chart
from crm_helpers.measures.effects.arm_effects import arm_effects
from crm_helpers.measures.effects.effect import Effect
from crm_helpers.measures.effects.pooled_effect import pooled_effect
from crm_helpers.measures.statistics.claims import CLAIM_LEVEL, claim_level
from crm_helpers.models.uplift.study import randomized
from crm_helpers.page.numerals import number, percent
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, section, unless_absent
from crm_helpers.questions.campaigns.phrases import effect_in_words, points

MOST_CAMPAIGNS = 11
ALL = "all campaigns"
ANY_OFFER = "any"


@unless_absent
def arms(contacts: pd.DataFrame, *, purpose: str, offer: str = "") -> pd.DataFrame:
    """Contacts of the randomized campaigns of a purpose: one arm and its control group.

    Parameters
    ----------
    contacts : DataFrame, one row per person and campaign
    purpose : str
        retention, win_back, acquisition or cross_sell.
    offer : str, optional
        Arm to compare with the control group; empty: all arms taken together.

    Returns
    -------
    DataFrame, the rows of `contacts` in campaigns that have both arms
        person_id, campaign, purpose, is_treated, responded, [value], [cost] and more
    """
    return randomized(contacts, purpose=purpose, offer=offer)


@unless_absent
def average(arms: pd.DataFrame) -> Effect:
    """Average effect over all campaigns, with the interval of a claim.

    Parameters
    ----------
    arms : DataFrame, one row per person and campaign

    Returns
    -------
    Effect
        difference, low, high, treated_mean, control_mean, treated_count, control_count
    """
    return pooled_effect(
        arms["responded"], arms["is_treated"], arms["campaign"], interval_level=CLAIM_LEVEL
    )


@unless_absent
def by_campaign(report: Report, arms: pd.DataFrame, effect: Effect) -> Section:
    """What the contacts changed, campaign by campaign.

    Parameters
    ----------
    report : Report
    arms : DataFrame, one row per person and campaign
    effect : Effect
        From `average`.

    Returns
    -------
    Section
        data : one row per campaign, the last one all together: campaign, difference, low, high;
        findings : average_effect, of other purposes than retention <purpose>_effect
    """
    beside = (
        "Everyone counts in the group they were drawn into, reached or not. A true effect of "
        f"{number(100 * effect.smallest_detectable, 1)} per 100 persons would have been seen "
        "in four of five tries."
    )
    purpose = purpose_of(arms)
    name = "average_effect" if purpose == "retention" else f"{purpose}_effect"
    found = {"low": effect.low, "high": effect.high, "level": CLAIM_LEVEL, "n": len(arms)}
    chart = _campaign_chart(report, arms, effect)
    told = section(effect_in_words(effect), chart, beside)
    return told.finds(name, effect.difference, "share", **found)


def _campaign_chart(report: Report, arms: pd.DataFrame, effect: Effect) -> Chart:
    campaigns = min(arms["campaign"].nunique(), MOST_CAMPAIGNS)
    level = claim_level(campaigns)
    each = arm_effects(arms.assign(offer=ANY_OFFER), interval_level=level)
    each = each.sort_values("campaign").tail(MOST_CAMPAIGNS)
    lines = each[["campaign", "difference", "low", "high"]]
    whole = pd.DataFrame([(ALL, effect.difference, effect.low, effect.high)], columns=lines.columns)
    above = int((each["low"] > 0).sum())
    title = f"{above} of {len(lines)} campaigns alone show a gain"
    return effect_chart(
        pd.concat([lines, whole], ignore_index=True),
        strong=ALL,
        title=title if len(lines) > 1 else "One campaign tells it",
        subtitle="Response rate of those contacted less that of the control group, with "
        f"intervals at {percent(level)}, of all together at {percent(CLAIM_LEVEL)}; "
        f"{number(effect.treated_count)} contacted, {number(effect.control_count)} not",
        alt="Dots with intervals, one per campaign: difference of response rates. All "
        f"campaigns together {points(effect.difference)} per 100 persons.",
        source=source_of(report, arms),
    )


def purpose_of(arms: pd.DataFrame) -> str:
    """Purpose of the campaigns that `arms` gave: retention, win_back, acquisition."""
    return str(arms["purpose"].iloc[0])


def source_of(report: Report, arms: pd.DataFrame) -> str:
    """Source line of a chart on these campaigns."""
    return f"{report.source.title}, campaigns for {purpose_of(arms).replace('_', '-')}"
