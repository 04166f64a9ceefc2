"""Attributes of persons, given their latents: age, gender, region, occupation, consent."""

import numpy as np
import pandas as pd
from scipy import special

from crm_helpers.demo.clock import DAYS
from crm_helpers.demo.draws import Draws

REGIONS = ("North", "East", "South", "West", "Central", "Islands")
REGION_SHARES = (0.24, 0.17, 0.25, 0.20, 0.12, 0.02)
OCCUPATIONS = {  # share on a log scale, and how it leans towards big spenders
    "employee": (1.0, 0.1),
    "worker": (0.5, -0.3),
    "self-employed": (-0.3, 0.6),
    "civil servant": (-0.4, 0.3),
    "student": (-0.5, -0.7),
    "not employed": (-0.9, -0.5),
}
RETIRED_FROM = 64
AGE_SPEND_CORRELATION = 0.25
CONTACT_SHARE, PROFILE_SHARE = 0.88, 0.93
WITHDRAWN_SHARE = 0.06


def attributes(draws: Draws, number: np.ndarray, spend_z: np.ndarray) -> pd.DataFrame:
    """Attributes of persons, whether customers or leads.

    Returns
    -------
    DataFrame, one row per person
        birth_year : int; gender, region, occupation : str
    """
    rho = AGE_SPEND_CORRELATION
    age_z = rho * spend_z + np.sqrt(1 - rho**2) * draws.normal("person.age", number)
    age = 18 + 65 * special.ndtr(age_z) ** 1.25
    return pd.DataFrame(
        {
            "birth_year": (2026 - age).astype(np.int64),
            "gender": np.array(["female", "male"])[draws.integers("person.gender", 2, number)],
            "region": np.array(REGIONS)[
                draws.pick("person.region", np.array(REGION_SHARES), number)
            ],
            "occupation": _occupation(draws, number, spend_z, age),
        }
    )


def consent(draws: Draws, number: np.ndarray, joined_day: np.ndarray) -> pd.DataFrame:
    """Consents as they stand on the last day, and the day each was withdrawn (inf: never).

    Returns
    -------
    DataFrame, one row per customer
        may_contact, may_profile : bool
        contact_withdrawn_day, profile_withdrawn_day : float
    """
    frame = pd.DataFrame(index=range(len(number)))
    for purpose, share in (("contact", CONTACT_SHARE), ("profile", PROFILE_SHARE)):
        given = draws.happens(f"consent.{purpose}", share, number)
        withdrawn = given & draws.happens(f"consent.{purpose} withdrawn", WITHDRAWN_SHARE, number)
        rest = draws.uniform(f"consent.{purpose} withdrawn day", number)
        day = joined_day + (DAYS - joined_day) * rest
        frame[f"may_{purpose}"] = given & ~withdrawn
        frame[f"{purpose}_withdrawn_day"] = np.where(withdrawn, day, np.inf)
    return frame


def _occupation(
    draws: Draws, number: np.ndarray, spend_z: np.ndarray, age: np.ndarray
) -> np.ndarray:
    scores = np.column_stack(
        [
            base + lean * spend_z - np.log(draws.exponential(f"person.{name}", number))
            for name, (base, lean) in OCCUPATIONS.items()
        ]
    )
    chosen = np.array(list(OCCUPATIONS), dtype=object)[scores.argmax(axis=1)]
    return np.where(age >= RETIRED_FROM, "retired", chosen)
