import numpy as np
import pandas as pd
import pytest

from crm_helpers.demo.planted import AFFINITIES


class Baskets:
    """Which orders, those of guests included, hold which product."""

    def __init__(self, lines: pd.DataFrame) -> None:
        lines = lines[lines["order_id"].str.startswith("O", na=False)]
        self._order, orders = pd.factorize(lines["order_id"])
        self._product, self.count = lines["product_id"].to_numpy(dtype=object), len(orders)

    def hold(self, *products: str) -> np.ndarray:
        """True for the orders that hold all of the products."""
        held = np.zeros((len(products), self.count), bool)
        for row, product in enumerate(products):
            held[row, self._order[self._product == product]] = True
        return held.all(axis=0)


def z_of_count(found: int, of: int, chance: float) -> float:
    return (found - of * chance) / np.sqrt(of * chance * (1 - chance))


@pytest.fixture(scope="module")
def found(twin):
    return Baskets(twin("affinities")["transactions"])


@pytest.mark.parametrize("name", [a.name for a in AFFINITIES])
def test_each_affinity_has_its_support_and_confidence(twin, found, name):
    rule = next(r for r in twin("affinities").truth["affinities"] if r["name"] == name)
    left = found.hold(*rule["antecedents"]).sum()
    both = found.hold(*rule["antecedents"], rule["consequent"]).sum()
    assert abs(z_of_count(both, left, rule["confidence"])) < 4
    assert abs(z_of_count(both, found.count, rule["support"])) < 4


def test_each_affinity_has_its_lift_also_in_the_full_company(company):
    found, rules = Baskets(company["transactions"]), company.truth["affinities"]
    for rule in rules:
        left, right = found.hold(*rule["antecedents"]), found.hold(rule["consequent"])
        both = (left & right).sum()
        # Relative error of a lift of so many joint orders, four of them, and 2 % for the dirt.
        assert both * found.count / left.sum() / right.sum() == pytest.approx(
            rule["lift"], rel=4 / np.sqrt(both) + 0.02
        )


def test_without_the_layer_pairs_are_together_no_more_than_chance_has_it(twin):
    company = twin()
    rule = company.truth["affinities"][0]
    assert rule["lift"] == pytest.approx(1, abs=0.2)
    found = Baskets(company["transactions"])
    both = found.hold(*rule["antecedents"], rule["consequent"]).sum()
    assert abs(z_of_count(both, found.count, rule["support"])) < 4


@pytest.mark.parametrize("name", ["advent", "summer"])
def test_a_seasonal_affinity_holds_in_its_months_only(twin, name):
    company = twin("affinities")
    rule = next(r for r in company.truth["affinities"] if r["name"] == name)
    lines = company["transactions"]
    inside = lines["ordered_at"].dt.month.isin(rule["months"])
    shares = []
    for part in (lines[inside], lines[~inside]):
        found = Baskets(part)
        left = found.hold(*rule["antecedents"])
        shares.append(found.hold(rule["consequent"])[left].mean())
    assert shares[0] == pytest.approx(rule["probability"], abs=0.12)
    assert shares[1] < 0.06


def test_the_promotion_pair_has_lift_only_when_weeks_are_thrown_together(twin):
    company = twin("promotions")
    left, right = company.truth["promotion_pair"]["products"]
    lift = company.truth["promotion_pair"]["lift"]
    assert lift["pooled"] > 2
    assert max(lift["in promotion"], lift["else"]) < 1.05
    found = Baskets(company["transactions"])
    one, other = found.hold(left), found.hold(right)
    both = (one & other).sum()
    assert both / found.count / one.mean() / other.mean() == pytest.approx(
        lift["pooled"], rel=4 / np.sqrt(both)
    )


def test_types_buy_by_their_taste(twin):
    company = twin()
    lines = company.sales().merge(company["products"], on="product_id")
    lines = lines.merge(company["truth_customers"][["customer_id", "type_first"]])
    shares = lines.groupby("type_first")["category"].value_counts(normalize=True).unstack()
    types = company.truth["types"]
    for name, taste in types["tastes"].items():
        planted = pd.Series(taste, types["categories"]) / sum(taste)
        assert (shares.loc[name] - planted).abs().max() < 0.03


def test_some_customers_change_their_type_and_then_their_taste(twin):
    truth = twin("type_change", "returns")["truth_customers"]
    share = truth["type_changed_on"].notna().mean()
    planted = twin("type_change", "returns").truth["types"]["type_change_share"]
    assert abs(z_of_count(share * len(truth), len(truth), planted)) < 4
    changed = truth[truth["type_changed_on"].notna()]
    assert (changed["type_first"] != changed["type_last"]).all()
    assert (twin()["truth_customers"]["type_first"] == truth["type_first"]).all()
