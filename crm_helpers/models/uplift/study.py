"""Uplift study: contacts and profiles -> a model learned on some campaigns, tested on others."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from crm_helpers.models.propensity.encoding import with_categories
from crm_helpers.models.propensity.usable_columns import usable_columns
from crm_helpers.models.uplift.effect_tree import EffectTree, effect_tree
from crm_helpers.models.uplift.learners import (
    METHODS,
    UpliftModel,
    fitted_uplift,
    scores_of,
    trial_of,
)
from crm_helpers.tables.needs import Skip

KEY = ["person_id", "campaign"]
TEST_SHARE = 1 / 3
QUICK_METHODS = tuple(method for method in METHODS if method != "t_lightgbm")
MIN_CAMPAIGNS = 3
FEWEST_RESPONSES = 5


@dataclass(frozen=True, repr=False)
class UpliftStudy:
    """What randomized campaigns say about whom a contact changes.

    Attributes
    ----------
    tested : UpliftModel
        Learned on the learning part; its forecasts are in `test`.
    model : UpliftModel
        The same method refitted on all rows, for scoring.
    test : DataFrame, one row per contact of the test part
        campaign, person, outcome, is_treated, propensity, treated_rate, control_rate, uplift,
        effect_score, group (number of its leaf in `tree.conditions`)
    tested_on : str
        What the test part is, in words.
    learned_rows : int
        Contacts learned from.
    columns : list of str
        Predictors used.
    tree : EffectTree
        Groups found in the learning part.
    """

    tested: UpliftModel
    model: UpliftModel
    test: pd.DataFrame
    tested_on: str
    learned_rows: int
    columns: list[str]
    tree: EffectTree

    def __repr__(self) -> str:
        """Method, contacts learned from and tested on, in one line."""
        return (
            f"UpliftStudy: {self.tested.method}, learned from {self.learned_rows:,} contacts, "
            f"tested on {len(self.test):,} ({self.tested_on}), {len(self.columns)} attributes"
        )

    def forecasts(self, profiles: pd.DataFrame) -> pd.DataFrame:
        """Rates and uplift of persons with these profiles; a column not known is missing."""
        return self.model.forecasts(self._frame(profiles))

    def _frame(self, profiles: pd.DataFrame) -> pd.DataFrame:
        return with_categories(profiles.reindex(columns=self.columns))


def randomized(contacts: pd.DataFrame, *, purpose: str, offer: str = "") -> pd.DataFrame:
    """Contacts of the randomized campaigns of a purpose, with one arm and the control group.

    Parameters
    ----------
    contacts : DataFrame, one row per person and campaign
    purpose : str
        retention, win_back, acquisition or cross_sell.
    offer : str
        Arm to compare with the control group; empty: all arms taken together.

    Returns
    -------
    DataFrame, the rows of campaigns that have both arms

    Raises
    ------
    Skip
        If there is no such campaign.
    """
    rows = contacts[contacts["is_randomized"] & (contacts["purpose"] == purpose)]
    if offer:
        rows = rows[~rows["is_treated"] | (rows["offer"] == offer)]
    both = rows.groupby("campaign")["is_treated"].transform("nunique") == 2
    if not both.any():
        kind = f"{purpose.replace('_', '-')} campaign"
        named = f"{kind} with the offer '{offer}'" if offer else kind
        raise Skip(
            f"No {named} kept a control group drawn at random, so nobody can say what a contact "
            f"changes. {_mapped(contacts)} Add contacts with is_treated and is_randomized to the "
            "source, and keep a control group in the next campaign."
        )
    return rows[both].reset_index(drop=True)


def _mapped(contacts: pd.DataFrame) -> str:
    """Contacts by purpose, and how many of them were drawn at random."""
    drawn = contacts["is_randomized"].groupby(contacts["purpose"]).agg(["size", "sum"])
    named = [
        f"{int(row['size']):,} of purpose {purpose} ({int(row['sum']):,} drawn at random)"
        for purpose, row in drawn.sort_values("size", ascending=False).iterrows()
    ]
    return f"Mapped are {', '.join(named)}." if named else "No contact is mapped."


def uplift_study(
    contacts: pd.DataFrame,
    profiles: pd.DataFrame,
    *,
    exclude: tuple[str, ...] = (),
    response_days: int = 30,
    methods: tuple[str, ...] = QUICK_METHODS,
    seed: int = 0,
) -> UpliftStudy:
    """Uplift learned on earlier campaigns and tested once on the latest third.

    With fewer than three dated campaigns the test part is every second person at random, and
    `tested_on` says that it could not be tested in time.

    Parameters
    ----------
    contacts : DataFrame, one row per person and campaign
        From `randomized`.
    profiles : DataFrame, one row per person and campaign
        What was known of the person before the contact.
    exclude : tuple of str
        Protected and other columns that no model may use.
    response_days : int, default 30
        Days in which a response counts; learning campaigns were over before the test began.
    methods : tuple of str
        Candidates; by default all but the slowest, which never won.
    seed : int, default 0

    Returns
    -------
    UpliftStudy

    Raises
    ------
    Skip
        If there are too few outcomes, or no predictors.
    """
    rows = contacts.merge(profiles, on=KEY, how="left", suffixes=("_told", ""))
    predictors = rows[[c for c in profiles.columns if c not in KEY and c in rows]]
    once = ~rows["person_id"].duplicated(keep="last")
    columns, _ = usable_columns(predictors[once], exclude=exclude, undated=predictors.columns)
    if not columns:
        raise Skip(
            f"Nothing is known of the {len(rows):,} persons contacted but their response. Add "
            "attributes to the contacts, or a table of customers or transactions."
        )
    frame, trial = with_categories(predictors[columns]), trial_of(rows)
    learn, test, words = later_part(rows, response_days, seed)
    _check_both(trial, learn, test)
    tested = fitted_uplift(frame[learn], trial[learn], methods=methods, seed=seed)
    # The tree reads the model, whose noise is far smaller than that of the effect scores.
    tree = effect_tree(frame[learn], tested.forecasts(frame[learn])["uplift"], seed=seed)
    model = fitted_uplift(frame, trial, methods=(tested.method,), seed=seed)
    result = _tested(trial[test], frame[test], tested, tree)
    return UpliftStudy(tested, model, result, words, int(learn.sum()), columns, tree)


def later_part(
    rows: pd.DataFrame, response_days: int, seed: int
) -> tuple[np.ndarray, np.ndarray, str]:
    """Rows to learn from, rows to test on, and what the latter are, in words.

    Parameters
    ----------
    rows : DataFrame, one row per contact
        person_id, campaign, [contacted_at].
    response_days : int
        Days in which a response counts; learning campaigns were over before the test began.
    seed : int
        For the halves where time cannot split.

    Returns
    -------
    ndarray of bool, ndarray of bool, str
    """
    dated = "contacted_at" in rows and rows["contacted_at"].notna().all()
    if not dated or rows["campaign"].nunique() < MIN_CAMPAIGNS:
        names = pd.factorize(rows["person_id"])[0]
        half = np.random.default_rng(seed).uniform(size=names.max() + 1)[names] < 0.5
        words = "every second person, drawn at random; it could not be tested in time"
        return ~half, half, words
    day = rows.groupby("campaign")["contacted_at"].transform("min")
    later = rows["contacted_at"].rank(pct=True) > 1 - TEST_SHARE
    start = day[later].min()
    test = (day >= start).to_numpy()
    over = rows["contacted_at"] + pd.Timedelta(days=response_days)
    learn = (over.groupby(rows["campaign"]).transform("max") < start).to_numpy()
    count = rows.loc[test, "campaign"].nunique()
    latest = "latest campaign" if count == 1 else f"{count} latest campaigns"
    return learn, test, f"the {latest}, from {start.day} {start:%B %Y} on"


def _check_both(trial: pd.DataFrame, learn: np.ndarray, test: np.ndarray) -> None:
    """Each part must hold both arms with outcomes; `trial_of` has checked the whole."""
    for part, name in ((learn, "learned from"), (test, "tested on")):
        counts = trial[part].groupby("is_treated")["outcome"].sum().reindex([True, False])
        fewest = counts.fillna(0).min()
        if fewest < FEWEST_RESPONSES:
            raise Skip(
                f"randomized contacts {name}: the smaller arm has {fewest:.0f} responses; a study "
                f"of whom a contact changes needs at least {FEWEST_RESPONSES}. Keep a larger "
                "control group."
            )


def _tested(
    trial: pd.DataFrame, frame: pd.DataFrame, tested: UpliftModel, tree: EffectTree
) -> pd.DataFrame:
    forecasts = tested.forecasts(frame)
    scores = scores_of(trial, forecasts)
    return trial.join(forecasts).assign(effect_score=scores, group=tree.groups(frame))
