"""Planted truth: the bonds of the demo company are found again, and little else."""

import json
from pathlib import Path

import ibis
import pandas as pd
import pytest

from crm_helpers.demo import company
from crm_helpers.demo.clock import END
from crm_helpers.features.baskets import basket_lines
from crm_helpers.measures.rules.rule_holding import HELD, lift_interval
from crm_helpers.measures.statistics.share_intervals import share_intervals
from crm_helpers.models.rules.rulebook import Rulebook, RuleSettings, promotion_check, rulebook

pytestmark = pytest.mark.whole

THREE_YEARS = 3 * 366
SETTINGS = RuleSettings(min_confidence=0.1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "company"
    company.generate(path, customers=5_000, dirt=False)
    return path


@pytest.fixture(scope="module")
def lines(folder: Path) -> pd.DataFrame:
    sales = ibis.duckdb.connect(threads=1).read_parquet(folder / "transactions.parquet")
    sales = sales.mutate(promotion=sales["promotion"].cast(str))
    taken = basket_lines(sales, as_of=END, observation_days=THREE_YEARS, later_days=365)
    return taken.to_pandas()


@pytest.fixture(scope="module")
def book(lines: pd.DataFrame) -> Rulebook:
    return rulebook(lines, SETTINGS)


@pytest.fixture(scope="module")
def truth(folder: Path) -> dict:
    return json.loads((folder / "truth.json").read_text())


def verdicts(book: Rulebook) -> dict[tuple, str]:
    sides = zip(book.rules["antecedent_ids"], book.rules["consequent_id"], strict=True)
    return dict(zip(sides, book.rules["verdict"], strict=True))


def test_every_bond_of_the_whole_year_is_found_and_held(book, truth):
    bonds = [bond for bond in truth["affinities"] if not bond["months"]]
    found = verdicts(book)
    held = {b["name"]: found.get((tuple(sorted(b["antecedents"])), b["consequent"])) for b in bonds}
    assert len(held) >= 10
    assert held == dict.fromkeys(held, HELD)


def test_measures_of_the_bonds_are_those_planted(book, truth):
    sides = zip(book.rules["antecedent_ids"], book.rules["consequent_id"], strict=True)
    place = {side: number for number, side in enumerate(sides)}
    bonds = [bond for bond in truth["affinities"] if not bond["months"]]
    order = [place[tuple(sorted(b["antecedents"])), b["consequent"]] for b in bonds]
    rules = book.rules.iloc[order].reset_index(drop=True)
    # The truth is worked out from the chances of the generator; baskets are a draw from it.
    low, high = share_intervals(rules["joint_count"], rules["antecedent_count"], 0.999)
    planted = pd.Series([bond["confidence"] for bond in bonds])
    assert planted.between(low, high).all()
    low, high = lift_interval(rules, 0.999)
    assert pd.Series([bond["lift"] for bond in bonds]).between(low, high).all()


def test_rules_hold_hardly_a_product_that_was_not_planted(book, truth):
    planted = {
        p for bond in truth["affinities"] for p in (*bond["antecedents"], bond["consequent"])
    }
    planted |= set(truth["promotion_pair"]["products"])
    strangers = [
        not {*left, right} <= planted
        for left, right in zip(
            book.rules["antecedent_ids"], book.rules["consequent_id"], strict=True
        )
    ]
    # at most the share of false rules that was asked for, and one more
    assert sum(strangers) <= SETTINGS.false_share * len(strangers) + 1


def test_the_pair_that_promotions_made_is_marked(book, lines, truth):
    pair = set(truth["promotion_pair"]["products"])
    rules = book.rules.set_index("rule_id")
    checked = promotion_check(lines, book.rules)["is_promotion_driven"]
    driven = rules.loc[checked[checked].index]
    made = {
        frozenset((*a, c))
        for a, c in zip(driven["antecedent_ids"], driven["consequent_id"], strict=True)
    }
    assert made <= {frozenset(pair)}
    is_pair = [
        {*a, c} == pair
        for a, c in zip(rules["antecedent_ids"], rules["consequent_id"], strict=True)
    ]
    assert any(is_pair), "the pair is strong enough to be found before promotions are looked at"
    assert made
