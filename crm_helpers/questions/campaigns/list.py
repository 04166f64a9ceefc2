"""Candidates for a contact: study, choice and persons of today -> rows of a list, and the list."""

import pandas as pd

from crm_helpers.measures.effects.policy_value import NOBODY
from crm_helpers.models.uplift.harm import HarmStudy
from crm_helpers.models.uplift.study import UpliftStudy
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, is_absent, unless_absent
from crm_helpers.page.words import paragraph
from crm_helpers.questions.campaigns.effects import purpose_of
from crm_helpers.questions.campaigns.phrases import group_names
from crm_helpers.questions.campaigns.policy import Choice, net_of
from crm_helpers.questions.consents import with_consent

COLUMNS = ["what", "why", "probability", "value", "cost", "expected_net_value"]
LOW = "net_value_low"  # where the interval of what a contact brings is known
NOBODY_LEFT = (
    "There is no list: as far as these data show, nobody is left whom it pays to contact, "
    "or they do not say enough."
)


@unless_absent
def candidates(
    arms: pd.DataFrame,
    study: UpliftStudy,
    choice: Choice,
    harm: HarmStudy | None,
    now: pd.DataFrame,
    *,
    key: str = "customer_id",
) -> pd.DataFrame:
    """Persons to contact now, with what it should bring; none where it is not shown to pay.

    Parameters
    ----------
    arms : DataFrame, one row per person and campaign
    study : UpliftStudy
    choice : Choice
        From `policy.choice`.
    harm : HarmStudy or None
        Who is in its group, where harm is shown, brings nothing.
    now : DataFrame, one row per person
        Persons within reach, from `people.reachable`.
    key : str, default "customer_id"
        Column of the id of each person.

    Returns
    -------
    DataFrame, one row per person
        <key>, what, why, probability (rise of the response rate), value, cost,
        expected_net_value, if_contacted (chance to respond)
    """
    if choice.verdict == NOBODY or not len(now):
        return pd.DataFrame(columns=[key, *COLUMNS])
    forecasts, money = study.forecasts(now), choice.money
    net = net_of(money, forecasts)
    if harm is not None and harm.is_shown:
        net = net.mask(harm.group.holds(now), -1.0)
    groups = group_names(study, study.tree.groups(now.reindex(columns=study.columns)))
    return pd.DataFrame(
        {
            key: now["person_id"],
            "what": f"{purpose_of(arms).replace('_', '-')} contact",
            "why": "in the group: " + groups,
            "probability": forecasts["uplift"].clip(0, 1),
            "value": money.response_value,
            "cost": money.expected_cost(forecasts["treated_rate"]),
            "expected_net_value": net,
            "if_contacted": forecasts["treated_rate"].clip(0, 1),
        }
    )


def best_of(*lists: pd.DataFrame | Section, key: str = "customer_id") -> pd.DataFrame:
    """Candidates of all lists, each person once, with the contact that should bring most.

    Parameters
    ----------
    *lists : DataFrame, one row per person
        As `candidates` gives them; one that is absent has nobody.
    key : str, default "customer_id"

    Returns
    -------
    DataFrame, one row per person, best first
        <key>, what, why, probability, value, cost, expected_net_value, and what else they have
    """
    parts = [one for one in lists if not is_absent(one) and len(one)]
    if not parts:
        return pd.DataFrame(columns=[key, *COLUMNS])
    rows = pd.concat(parts, ignore_index=True)
    best = rows.sort_values(["expected_net_value", key], ascending=[False, True])
    return best.drop_duplicates(key).reset_index(drop=True)


def act_on(
    report: Report,
    candidates: pd.DataFrame,
    agreed: pd.DataFrame,
    *,
    key: str = "customer_id",
    capacity: int,
    budget: float,
    control_share: float,
) -> Section:
    """Write the list and say what it should bring.

    Parameters
    ----------
    report : Report
    candidates : DataFrame, one row per person
        From `best_of`; where all have it, net_value_low.
    agreed : DataFrame, one row per customer
        customer_id, [may_contact], from `consents`.
    key : str, default "customer_id"
    capacity, budget, control_share
        How far the list may go, and how much of it is left alone.

    Returns
    -------
    Section
        data : the list as it was written: <key>, what, why, probability, value, cost,
        expected_net_value, is_control; findings : list_net_value
    """
    if candidates.empty:
        told = Section.of(paragraph(NOBODY_LEFT))
        return told.finds("list_net_value", 0.0, report.currency, n=0)
    low = [LOW] if LOW in candidates and candidates[LOW].notna().all() else []
    known = candidates[[key, *COLUMNS, *low]]
    if key == "customer_id":
        known = with_consent(known, agreed)
    limits = {"capacity": capacity, "budget": budget, "control_share": control_share}
    shown, told = report.act(known, key=key, **limits), report.decision
    value = told["expected_net_value"]
    return shown.finds("list_net_value", value, report.currency, n=told["rows"])
