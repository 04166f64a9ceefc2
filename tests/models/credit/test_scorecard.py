"""Scorecard: points add up, SQL says the same, the published level on German credit."""

import duckdb
import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from crm_helpers.measures.forecasts.auc import auc
from crm_helpers.models.credit import scorecard
from crm_helpers.models.credit.scorecard import Scale, Scorecard
from crm_helpers.models.credit.scorecard_sql import scorecard_sql


@pytest.fixture(scope="module")
def applications():
    rng = np.random.default_rng(5)
    frame = pd.DataFrame(
        {
            "income": rng.lognormal(8, 0.5, 3000).round(),
            'job\'s "kind"': rng.choice(["clerk", "o'hara", "miner"], 3000),
        }
    )
    frame.loc[::15, "income"] = np.nan
    log_odds = -1 - (frame["income"].fillna(3000) - 3000) / 1500 + (frame.iloc[:, 1] == "miner")
    return frame, pd.Series(rng.random(3000) < 1 / (1 + np.exp(-log_odds)))


@pytest.fixture(scope="module")
def card(applications):
    return Scorecard().fit(*applications)


def test_score_is_the_sum_of_the_points_on_the_card(card, applications):
    frame = applications[0].head(50)
    points = card.card().set_index(["attribute", "bin"])["points"]
    total = np.zeros(50, dtype=int)
    for bins in card.bins:
        codes = bins.codes(frame[bins.name])
        total += np.array([points[(bins.name, code)] for code in codes])
    np.testing.assert_array_equal(card.score(frame), total)


def test_points_follow_the_log_odds_within_rounding(card, applications):
    chance = card.probability(applications[0])
    scale = Scale()
    exact = scale.offset + scale.factor * np.log((1 - chance) / chance)
    assert np.abs(card.score(applications[0]) - exact).max() <= 0.5 * len(card.bins) + 1e-9


def test_points_to_double_the_odds_double_them():
    scale = Scale(base_score=500, base_odds=10, double_odds=40)
    assert scale.offset + scale.factor * np.log(20) == pytest.approx(540, rel=1e-12)


def test_sql_gives_the_same_points(card, applications):
    frame = applications[0].reset_index(names="application_id")
    with duckdb.connect() as con:
        con.register("applications", frame)
        rows = con.sql(scorecard_sql(card)).df().sort_values("application_id")
    np.testing.assert_array_equal(rows["score"], card.score(frame))


def test_sql_of_an_unseen_level_gives_the_neutral_points(card):
    strange = pd.DataFrame(
        {"application_id": [1], "income": [np.nan], 'job\'s "kind"': ["'; DROP TABLE x; --"]}
    )
    with duckdb.connect() as con:
        con.register("applications", strange)
        assert con.sql(scorecard_sql(card)).df()["score"].item() == card.score(strange).item()


def test_attributes_that_tell_nothing_stay_out(applications):
    frame = applications[0].assign(coin=np.arange(3000) % 2)
    found = Scorecard().fit(frame, applications[1])
    assert "coin" not in [bins.name for bins in found.bins]


def test_nothing_to_go_by_is_said(applications):
    coin = pd.DataFrame({"coin": np.arange(3000) % 2})
    with pytest.raises(ValueError, match=r"no attribute has an information value of 0.5; the best"):
        Scorecard(least_value=0.5).fit(coin, applications[1])


def test_card_reaches_auc_0_765_on_german_credit_without_protected_attributes(shared_data):
    columns = [*(f"A{i}" for i in range(1, 21)), "class"]
    file = shared_data / "german_credit" / "german.data"
    rows = pd.read_csv(file, sep=" ", header=None, names=columns)
    bad, frame = rows["class"] == 2, rows.drop(columns=["class", "A9", "A13", "A20"])
    found = []
    for learn, judge in StratifiedKFold(5, shuffle=True, random_state=0).split(frame, bad):
        fitted = Scorecard().fit(frame.iloc[learn], bad.iloc[learn])
        chance = pd.Series(fitted.probability(frame.iloc[judge]))
        found.append(auc(bad.iloc[judge].reset_index(drop=True), chance))
    assert np.mean(found) >= 0.765


def noisy(rows: int, seed: int) -> tuple[pd.DataFrame, pd.Series]:
    """Few defaults and many attributes, of which one tells a little."""
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame(rng.normal(size=(rows, 8)), columns=list("abcdefgh"))
    return frame, pd.Series(rng.random(rows) < 1 / (1 + np.exp(2 - 0.5 * frame["a"])))


def slope_of(card: Scorecard) -> float:
    """Slope of fresh outcomes on the card's log-odds; 1 is right, below is too bold."""
    frame, outcome = noisy(20_000, seed=2)
    chance = card.probability(frame)
    log_odds = np.log(chance / (1 - chance))[:, None]
    return LogisticRegression(C=np.inf).fit(log_odds, outcome).coef_[0, 0]


@pytest.mark.whole
def test_cards_drawn_together_are_on_the_whole_neither_too_bold_nor_too_shy():
    parts = [noisy(1200, seed) for seed in range(10, 18)]
    bold = np.mean([slope_of(Scorecard().fit(*part)) for part in parts])
    drawn = np.mean([slope_of(Scorecard(shrink_folds=5).fit(*part)) for part in parts])
    assert bold < 0.75
    assert abs(drawn - 1) < 0.25


def test_a_card_drawn_together_ranks_the_same():
    frame, outcome = noisy(1200, seed=1)
    bold, drawn = Scorecard().fit(frame, outcome), Scorecard(shrink_folds=5).fit(frame, outcome)
    np.testing.assert_array_equal(
        np.argsort(bold.probability(frame), kind="stable"),
        np.argsort(drawn.probability(frame), kind="stable"),
    )


def test_a_sample_says_what_all_rows_lack_less_in_the_measure_that_they_are_more(monkeypatch):
    frame, outcome = noisy(1200, seed=1)
    bold = Scorecard().fit(frame, outcome)
    monkeypatch.setattr(scorecard, "SHRINK_ROWS", 600)
    drawn = np.sort(np.random.default_rng(0).permutation(1200)[:600])
    half = frame.iloc[drawn], outcome.iloc[drawn].reset_index(drop=True)
    ratios = [
        (Scorecard(shrink_folds=5).fit(*part).model.coef_ / plain.model.coef_)[0, 0]
        for part, plain in ((half, Scorecard().fit(*half)), ((frame, outcome), bold))
    ]
    assert 1 - ratios[1] == pytest.approx((1 - ratios[0]) / 2, rel=1e-9)


def test_a_card_drawn_together_expects_as_many_defaults_as_there_were():
    frame, outcome = noisy(1200, seed=1)
    chance = Scorecard(shrink_folds=5).fit(frame, outcome).probability(frame)
    assert chance.mean() == pytest.approx(outcome.mean(), rel=1e-9)
