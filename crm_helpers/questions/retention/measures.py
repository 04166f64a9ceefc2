"""Measures that were tried, side by side: contacts of a report -> one table."""

import pandas as pd

from crm_helpers.measures.effects.pooled_effect import pooled_effect
from crm_helpers.measures.statistics.claims import claim_level
from crm_helpers.page.names import value_words
from crm_helpers.page.numerals import number, percent
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, section, unless_absent
from crm_helpers.page.words import table
from crm_helpers.questions.campaigns.phrases import points
from crm_helpers.tables.needs import Skip

PURPOSES = ("retention", "win_back")
MOST_MEASURES = 12


@unless_absent
def compared(report: Report, contacts: pd.DataFrame) -> Section:
    """Every offer of retention and win-back against its control group, largest change first.

    Parameters
    ----------
    report : Report
    contacts : DataFrame, one row per person and campaign

    Returns
    -------
    Section
        data : one row per purpose and offer: measure, treated_count, control_count, difference,
        low, interval, [money] (change of the value per head)
    """
    kept = contacts[contacts["purpose"].isin(PURPOSES)]
    tried = _arms(kept[kept["is_randomized"]])
    level = claim_level(max(1, len(tried)))
    shown = _lines(tried, level)
    columns = {
        "measure": "Measure",
        "treated_count": "Contacted",
        "control_count": "Control",
        "difference": ("Change per 100 persons", points),
        "interval": f"Interval at {percent(level)}",
        "money": (f"Change of sales per head, {report.currency}", lambda x: number(x, 2)),
    }
    columns = {name: form for name, form in columns.items() if name in shown}
    return section(_says(shown.iloc[0]), table(shown, columns), _beside(kept))


def _lines(tried: list[tuple[str, pd.DataFrame]], level: float) -> pd.DataFrame:
    lines = [line for name, arm in tried if (line := _line(name, arm, level))]
    if not lines:
        raise Skip(
            "No campaign kept a control group drawn at random, so the effect of no measure is "
            "known. Add contacts with is_treated and is_randomized to the source."
        )
    found = pd.DataFrame(lines).sort_values("difference", ascending=False)
    return found.head(MOST_MEASURES)


def _says(best: pd.Series) -> str:
    if best["low"] <= 0:
        return "No measure is shown to change anything"
    return f"Most is changed by {best['measure']}: {points(best['difference'])} per 100 persons"


def _beside(rows: pd.DataFrame) -> str:
    chosen = rows[~rows["is_randomized"]]
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
            kind = purpose.replace("_", "-")
            found.append((f"{kind}: {value_words('offer', offer)}", arm))
    return found


def _line(name: str, rows: pd.DataFrame, level: float) -> dict:
    both = rows.groupby("campaign")["is_treated"].nunique()
    if not len(both) or both.max() < 2:
        return {}
    arms, campaign = rows["is_treated"], rows["campaign"]
    effect = pooled_effect(rows["responded"], arms, campaign, interval_level=level)
    line = {
        "measure": name,
        "treated_count": effect.treated_count,
        "control_count": effect.control_count,
        "difference": effect.difference,
        "low": effect.low,
        "interval": f"{points(effect.low)} to {points(effect.high)}",
    }
    if "value" in rows and rows["value"].astype(float).sum() > 0:
        line["money"] = pooled_effect(rows["value"], arms, campaign).difference
    return line
