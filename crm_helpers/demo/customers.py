"""Customers: latents first (rate, dropout, spend), then type, channel and attributes given them."""

from collections.abc import Collection

import numpy as np
import pandas as pd
from scipy import special

from crm_helpers.demo.assortment import TYPE_LEANINGS, TYPES
from crm_helpers.demo.clock import DAYS
from crm_helpers.demo.draws import Draws
from crm_helpers.demo.planted import (
    LAWS,
    RATE_CHANGE_SHARE,
    TYPE_CHANGE_SHARE,
    UNTOUCHED_SHARE,
)

SATISFACTION_DROPOUT_CORRELATION = -0.4


def latents(draws: Draws, number: np.ndarray) -> pd.DataFrame:
    """What drives a customer, drawn from the stated laws, one row per customer number.

    Returns
    -------
    DataFrame, one row per customer
        rate : float, repeat orders per unit of intensity; Gamma
        dropout : float, chance to leave for good after each repeat order; Beta
        spend_rate : float, an order is worth Gamma(spend_shape) / spend_rate; Gamma
        rate_z, spend_z, dropout_z : float, the same as standard normal ranks (high: much)
        satisfaction : float, standard normal, correlated with dropout alone
    """
    rate_u, dropout_u, spend_u = (
        draws.uniform(f"latent.{name}", number) for name in ("rate", "dropout", "spend")
    )
    rho = SATISFACTION_DROPOUT_CORRELATION
    noise = draws.normal("latent.satisfaction", number)
    dropout_z = special.ndtri(dropout_u)
    return pd.DataFrame(
        {
            "number": number,
            "rate": special.gammaincinv(LAWS.rate_shape, rate_u) / LAWS.rate_scale,
            "dropout": special.betaincinv(LAWS.dropout_a, LAWS.dropout_b, dropout_u),
            "spend_rate": special.gammaincinv(LAWS.spend_q, spend_u) / LAWS.spend_scale,
            "rate_z": special.ndtri(rate_u),
            "spend_z": -special.ndtri(spend_u),
            "dropout_z": dropout_z,
            "satisfaction": rho * dropout_z + np.sqrt(1 - rho**2) * noise,
            "is_untouched": draws.happens("latent.untouched", UNTOUCHED_SHARE, number),
        }
    )


def with_types(people: pd.DataFrame, draws: Draws, layers: Collection[str]) -> pd.DataFrame:
    """People plus the type they start with, the one they end with, and the day it changes."""
    number = people["number"].to_numpy()
    first = _type_scores(people, draws).argmax(axis=1)
    changes = draws.happens("type.changes", TYPE_CHANGE_SHARE, number) & ("type_change" in layers)
    last = np.where(
        changes,
        (first + 1 + draws.integers("type.last", len(TYPES) - 1, number)) % len(TYPES),
        first,
    )
    joined = people["joined_day"].to_numpy()
    changed_day = joined + (DAYS - joined) * (
        0.25 + 0.5 * draws.uniform("type.changed day", number)
    )
    rate_too = changes & draws.happens("type.rate too", RATE_CHANGE_SHARE, number)
    return people.assign(
        type_first=first,
        type_last=last,
        type_changed_day=np.where(changes, changed_day, np.inf),
        changes_rate=rate_too,
    )


def _type_scores(people: pd.DataFrame, draws: Draws) -> np.ndarray:
    """How much each type draws each customer, by rate, spend and chance."""
    number = people["number"].to_numpy()
    return np.column_stack(
        [
            rate * people["rate_z"]
            + spend * people["spend_z"]
            + base
            - np.log(draws.exponential(f"type.{name}", number))
            for name, (rate, spend, base) in TYPE_LEANINGS.items()
        ]
    )
