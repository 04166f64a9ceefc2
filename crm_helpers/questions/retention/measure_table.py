"""Measures that were tried, side by side: contacts of a report -> one table."""

import pandas as pd

from crm_helpers.measures.effects.effect import mean_effect
from crm_helpers.measures.effects.pooled_effect import pooled_effect
from crm_helpers.page.sections import section, unless_skipped
from crm_helpers.page.words import Html, number, table
from crm_helpers.questions.campaigns.data import ContactData
from crm_helpers.questions.campaigns.words import points
from crm_helpers.tables.needs import Skip


@unless_skipped
def measures(data: ContactData, purposes: list[str]) -> Html:
    """Every offer of these purposes against its control group, largest change first."""
    rows = data.contacts
    kept = rows[rows["is_randomized"] & rows["purpose"].isin(purposes)]
    lines = [line for name, arm in _arms(kept) if (line := _line(name, arm))]
    if not lines:
        raise Skip(
            "No campaign kept a control group drawn at random, so the effect of no measure is "
            "known. Add contacts with is_treated and is_randomized to the source."
        )
    shown = pd.DataFrame(lines).sort_values("difference", ascending=False).head(12)
    columns = {
        "measure": "Measure",
        "treated_count": "Contacted",
        "control_count": "Control",
        "difference": ("Change per 100 persons", points),
        "interval": "Interval at 95 %",
        "money": (f"Change of sales per head, {data.report.currency}", lambda x: number(x, 2)),
    }
    columns = {name: form for name, form in columns.items() if name in shown}
    return section(_says(shown.iloc[0]), table(shown, columns), _beside(rows, purposes))


def _says(best: pd.Series) -> str:
    if best["low"] <= 0:
        return "No measure is shown to change anything"
    return f"Most is changed by {best['measure']}: {points(best['difference'])} per 100 persons"


def _beside(rows: pd.DataFrame, purposes: list[str]) -> str:
    chosen = rows[~rows["is_randomized"] & rows["purpose"].isin(purposes)]
    left_out = ""
    if len(chosen):
        left_out = (
            f" {number(chosen['campaign'].nunique())} campaigns whose persons were not drawn at "
            "random are left out: who was chosen differs from who was not."
        )
    return f"Measures that went to different persons are not ranked by this.{left_out}"


def _arms(rows: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    found = []
    for purpose, group in rows.groupby("purpose"):
        for offer in sorted(group.loc[group["is_treated"], "offer"].unique()):
            arm = group[~group["is_treated"] | (group["offer"] == offer)]
            found.append((f"{purpose.replace('_', '-')}: {offer}", arm))
    return found


def _line(name: str, rows: pd.DataFrame) -> dict:
    arms = rows.groupby("campaign")["is_treated"].nunique()
    if not len(arms) or arms.max() < 2:
        return {}
    effect = pooled_effect(rows["responded"], rows["is_treated"], rows["campaign"])
    line = {
        "measure": name,
        "treated_count": effect.treated_count,
        "control_count": effect.control_count,
        "difference": effect.difference,
        "low": effect.low,
        "interval": f"{points(effect.low)} to {points(effect.high)}",
    }
    if "value" in rows and rows["value"].astype(float).sum() > 0:
        line["money"] = mean_effect(rows["value"], rows["is_treated"]).difference
    return line
