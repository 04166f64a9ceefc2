"""truth.json: every planted number, read from the modules that use it, and what was counted."""

from collections import Counter

import numpy as np
import pandas as pd

from crm_helpers.demo import (
    attributes,
    baskets,
    campaign_effects,
    channels,
    clock,
    credit,
    defects,
    feedback,
    fraud,
    leads,
    planted,
    satisfaction,
    subscriptions,
    texts,
    visits,
)
from crm_helpers.demo.assortment import (
    BASKET_LINES,
    CATEGORIES,
    TASTES,
    TIER_TASTES,
    TIERS,
    TYPES,
)
from crm_helpers.demo.lift import true_promotion_pair, true_rules
from crm_helpers.demo.piece import Piece, World
from crm_helpers.demo.quarters import CAMPAIGN_DATES, campaign_name
from crm_helpers.demo.truth.stated import constants
from crm_helpers.demo.truth.tables import channel_quality
from crm_helpers.demo.version import VERSION

# Modules whose public numbers are stated as they are.
STATED = (leads, subscriptions, attributes, credit, satisfaction, visits)


class Truth:
    """Gathers over the pieces what truth.json states."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.mix = np.zeros((len(TYPES), len(world.goods.discount), 12), dtype=np.int64)
        self.defects: Counter = Counter({d.kind: 0 for d in defects.DEFECTS})
        self.patterns: Counter = Counter({p: 0 for p in fraud.PATTERNS})
        self.quality = 0.0
        self.effects: list[pd.DataFrame] = []
        self.texts: Counter = Counter()

    def add(self, piece: Piece, listed: pd.DataFrame) -> None:
        """Count what a piece holds."""
        orders = piece["orders"]
        np.add.at(self.mix, (orders["type"], orders["regime"], orders["month"] - 1), 1)
        self.defects.update(listed["kind"])
        pattern = piece["payments"]["pattern"]
        self.patterns.update(pattern[pattern != ""])
        self.patterns.update(piece["ring"]["pattern"])
        self.quality = self.quality + channel_quality(piece.people)
        self.effects.append(_effects(piece))
        self.texts.update(texts.THEMES[n] for n in piece["words"]["theme"])
        kinds = piece["words"]["personal_kind"]
        self.texts.update("personal: " + kinds[kinds != ""])

    def content(self, rows: dict[str, int]) -> dict:
        """All of truth.json.

        Parameters
        ----------
        rows : dict
            Rows of each written table.
        """
        world = self.world
        return {
            "company": {**self._company(), "rows": rows},
            "layers": planted.LAYERS,
            "laws": vars(planted.LAWS),
            "calendar": _calendar(world.clock),
            "types": _types(),
            "affinities": true_rules(self.mix, world.goods, world.layers),
            "promotion_pair": true_promotion_pair(self.mix, world.goods),
            "prices": _prices(),
            "channels": self._channels(),
            "campaigns": self._campaigns(),
            **{module.__name__.split(".")[-1]: constants(module) for module in STATED},
            "fraud": {**constants(fraud), "payments": dict(self.patterns)},
            "feedback": {**constants(feedback), **constants(texts), "counts": dict(self.texts)},
            "defects": self._defects(),
        }

    def _company(self) -> dict:
        return {
            "version": VERSION,
            "customers": self.world.customers,
            "seed": self.world.draws.seed,
            "layers": list(self.world.layers),
            "dirt": self.world.dirt,
            "first_day": str(clock.START),
            "last_day": str(clock.END),
        }

    def _channels(self) -> list[dict]:
        count = np.maximum(self.quality["customers"], 1)
        means = self.quality.div(count, axis=0)
        found = []
        for position, channel in enumerate(channels.CHANNELS):
            row = means.iloc[position]
            found.append(
                {
                    **vars(channel),
                    "customers": int(self.quality["customers"].iloc[position]),
                    "mean_rate": float(row["rate"]),
                    "mean_dropout": float(row["dropout"]),
                    "mean_order_value": float(row["value"]),
                }
            )
        return found

    def _campaigns(self) -> dict:
        effects = pd.concat(self.effects).groupby(["purpose", "campaign"]).sum()
        found = [
            {
                "campaign": campaign_name(purpose, number),
                "contacts": int(row["contacts"]),
                "p_control": row["p_control"] / row["contacts"],
                "p_treated": row["p_treated"] / row["contacts"],
                "effect": (row["p_treated"] - row["p_control"]) / row["contacts"],
            }
            for (purpose, number), row in effects.iterrows()
        ]
        rules = constants(campaign_effects)
        purposes = [vars(p) for p in campaign_effects.PURPOSES]
        return {
            **rules,
            "PURPOSES": purposes,
            "dates": [str(d) for d in CAMPAIGN_DATES],
            "campaigns": found,
        }

    def _defects(self) -> list[dict]:
        return [
            {**vars(defect), "rows": self.defects[defect.kind] if self.world.dirt else 0}
            for defect in defects.DEFECTS
        ]


def _calendar(times: clock.Clock) -> dict:
    return {
        "meaning": "intensity of each day from the first on; laws hold in its cumulative sum",
        "month_factors": list(clock.MONTH_FACTORS),
        "weekday_factors": list(clock.WEEKDAY_FACTORS),
        "growth_per_year": clock.GROWTH_PER_YEAR,
        "intensity": [round(float(x), 6) for x in times.intensity],
    }


def _types() -> dict:
    return {
        "categories": list(CATEGORIES),
        "tiers": list(TIERS),
        "tastes": {k: list(v) for k, v in TASTES.items()},
        "tier_tastes": {k: list(v) for k, v in TIER_TASTES.items()},
        "basket_lines": BASKET_LINES,
        "type_change_share": planted.TYPE_CHANGE_SHARE,
        "rate_change_share": planted.RATE_CHANGE_SHARE,
        "rate_change_factor": planted.RATE_CHANGE_FACTOR,
        "untouched_share": planted.UNTOUCHED_SHARE,
        "most_lines": baskets.MOST_LINES,
    }


def _prices() -> dict:
    return {
        "inflation_per_year": planted.INFLATION_PER_YEAR,
        "price_change_on": str(planted.PRICE_CHANGE_ON),
        "price_change": planted.PRICE_CHANGE,
        "price_change_categories": list(planted.PRICE_CHANGE_CATEGORIES),
        "promotion_discounts": list(planted.PROMOTION_DISCOUNTS),
        "return_share": planted.RETURN_SHARE,
    }


def _effects(piece: Piece) -> pd.DataFrame:
    """Sums of true chances by purpose and campaign."""
    own = piece.leads[piece.leads["campaign"] >= 0].assign(purpose="acquisition")
    names = [p.name for p in campaign_effects.PURPOSES]
    contacts = piece["contacts"]
    contacts = contacts.assign(purpose=np.array(names, dtype=object)[contacts["purpose"]])
    columns = ["purpose", "campaign", "p_control", "p_treated"]
    both = pd.concat([own[columns], contacts[columns]]).assign(contacts=1)
    return both.groupby(["purpose", "campaign"], as_index=False).sum()
