"""Study of credits: split in time, folds, and the published level on German credit."""

import numpy as np
import pandas as pd
import pytest

from crm_helpers.measures.credit.woe import information_value, woe_table
from crm_helpers.measures.forecasts.auc import auc
from crm_helpers.measures.forecasts.fold_auc import fold_auc, fold_auc_difference
from crm_helpers.measures.statistics.bootstrap import bootstrap_interval
from crm_helpers.models.credit.methods import CARD, CHALLENGERS, CreditSettings
from crm_helpers.models.credit.study import (
    credit_study,
    enough_in_time,
    fitted_card,
)
from crm_helpers.models.credit.woe_bins import woe_bins
from crm_helpers.tables.needs import Skip

pytestmark = pytest.mark.whole

FEW = CreditSettings(methods=("logistic",))
ROLES = ("train", "between", "validation", "late", "test")


def world(n=2000, seed=0):
    rng = np.random.default_rng(seed)
    income, home = rng.normal(size=n), rng.choice(["rents", "owns"], n)
    bad = rng.random(n) < 1 / (1 + np.exp(1.2 + income - 0.8 * (home == "rents")))
    return pd.DataFrame(
        {
            "application_id": [f"a{i:05d}" for i in range(n)],
            "defaulted": bad,
            "income": income,
            "home": home,
        }
    )


def dated(n=2000, seed=0):
    rows = world(n, seed)
    place = np.arange(n) * len(ROLES) // n
    return rows.assign(role=np.array(ROLES)[place], quarter=np.array(ROLES)[place])


@pytest.fixture(scope="module")
def in_time():
    return credit_study(dated(), ["income", "home"], FEW)


def test_the_test_is_the_test_rows_alone_each_once(in_time):
    assert (in_time.tested["quarter"] == "test").all()
    assert in_time.tested["application_id"].is_unique
    assert in_time.in_time


def test_outcomes_of_the_test_and_of_late_rows_change_no_tested_score(in_time):
    rows = dated()
    hidden = rows["role"].isin(["test", "late"])
    rows.loc[hidden, "defaulted"] = ~rows.loc[hidden, "defaulted"]
    other = credit_study(rows, ["income", "home"], FEW)
    for name in ("points", CARD, "logistic"):
        np.testing.assert_array_equal(other.tested[name], in_time.tested[name])


def test_rows_learned_from_are_scored_by_cards_that_had_not_seen_them(in_time):
    learned = in_time.learned
    assert learned["application_id"].is_unique
    assert not set(learned["quarter"]) & {"test", "late"}


def test_a_study_says_in_one_line_what_it_is(in_time):
    assert repr(in_time).startswith("Study of credits: card of 2 attributes, 400 applications")
    assert "\n" not in repr(in_time)


def test_chance_of_the_card_is_what_its_points_stand_for(in_time):
    said = FEW.scale.chance(in_time.tested["points"])
    np.testing.assert_allclose(in_time.tested[CARD], said, rtol=1e-12)


def test_method_is_chosen_on_validation_where_it_holds_enough_defaults(in_time):
    assert in_time.chosen_by == "time"
    rows = dated(800).replace({"role": {"train": "between"}})
    few = credit_study(rows, ["income", "home"], FEW)
    assert few.chosen_by == "folds"


def test_without_roles_every_application_is_tested_once_a_repeat():
    settings = CreditSettings(methods=(), repeats=2)
    study = credit_study(world(300), ["income", "home"], settings)
    assert study.tested["application_id"].value_counts().eq(2).all()
    assert study.tested["fold"].nunique() == 10
    assert study.rival == CARD


def test_rows_of_one_customer_stay_in_one_fold():
    rows = world(300).assign(customer_id=[f"c{i // 2}" for i in range(300)])
    study = credit_study(rows, ["income", "home"], CreditSettings(methods=()))
    assert (study.tested.groupby("customer")["fold"].nunique() == 1).all()


def test_outcomes_dealt_at_random_are_not_found():
    draw = np.random.default_rng(9)
    noise = {f"coin{i}": draw.normal(size=800) for i in range(3)}
    rows = dated(800).assign(**noise)
    rows["defaulted"] = draw.permutation(rows["defaulted"])
    tested = credit_study(rows, ["income", "home", *noise], FEW).tested
    low, high = bootstrap_interval(auc, tested["defaulted"], tested[CARD], draws=100)
    assert low < 0.5 < high


def test_a_test_in_time_needs_enough_of_both_outcomes_in_both_parts():
    assert enough_in_time(dated(), FEW)
    assert not enough_in_time(dated().assign(defaulted=False), FEW)
    assert not enough_in_time(dated().replace({"role": {"test": "late"}}), FEW)


def test_too_few_defaults_are_said():
    with pytest.raises(Skip, match="Too few outcomes to learn from"):
        credit_study(world(60), ["income", "home"], FEW)


def test_attributes_that_tell_nothing_make_no_card():
    rows = world().assign(same=1.0)
    with pytest.raises(Skip, match="No card can be made: scorecard: no attribute"):
        fitted_card(rows, ["same"], FEW)


@pytest.fixture(scope="module")
def german(shared_data):
    names = [*(f"A{i}" for i in range(1, 21)), "class"]
    file = shared_data / "german_credit" / "german.data"
    rows = pd.read_csv(file, sep=" ", header=None, names=names)
    rows["application_id"] = [f"g{i:04d}" for i in range(len(rows))]
    return rows.assign(defaulted=rows["class"] == 2).drop(columns=["class", "A9", "A13", "A20"])


def attributes(rows):
    return [c for c in rows if c not in ("application_id", "defaulted")]


def test_information_value_of_the_checking_account_is_the_one_commonly_quoted(german):
    """0.666 for German credit's status of the checking account, in tutorials; not in a paper."""
    table = woe_table(german["A1"], german["defaulted"])
    assert information_value(table) == pytest.approx(0.6660, abs=5e-4)


def test_bins_and_information_values_agree_with_arithmetic_of_their_own(german):
    for name in attributes(german):
        bins = woe_bins(german[name], german["defaulted"])
        counts = pd.crosstab(bins.codes(german[name]), german["defaulted"]).to_numpy(float)
        counts = counts + 0.5 * (counts.min(axis=1, keepdims=True) == 0)
        share = counts / [700.0, 300.0]
        by_hand = ((share[:, 0] - share[:, 1]) * np.log(share[:, 0] / share[:, 1])).sum()
        assert bins.information_value == pytest.approx(by_hand, rel=1e-9)


def test_card_and_boosting_reach_the_stated_level_in_one_round(german):
    settings = CreditSettings(methods=("lightgbm",), seed=0)
    tested = credit_study(german, attributes(german), settings).tested
    found = {
        m: fold_auc(tested["defaulted"], tested[m], tested["fold"]) for m in (CARD, "lightgbm")
    }
    assert found[CARD] >= 0.765
    assert max(found.values()) >= 0.775  # one round of five folds; 0.785 is asked of five rounds


@pytest.mark.slow
def test_five_times_five_folds_of_all_methods_on_german_credit(german):
    settings = CreditSettings(methods=CHALLENGERS, repeats=5)
    study = credit_study(german, attributes(german), settings)
    area = study.tried.set_index("method")["auc"]
    assert area.max() >= 0.785
    assert area[CARD] >= 0.765
    tested = study.tested
    columns = (tested["defaulted"], tested[study.rival], tested[CARD], tested["fold"])
    low, high = bootstrap_interval(
        fold_auc_difference, *columns, customer=tested["customer"], draws=200
    )
    assert low <= fold_auc_difference(*columns) <= high
    assert high - low < 0.08
