"""Scores outside of surveys by occasion."""

from types import SimpleNamespace

import pandas as pd
import pytest

from crm_helpers.questions.satisfaction.occasions import figures, lowest, product_names

NO_NAMES = pd.Series(dtype=object)


def scored(answers, *rows):
    return answers(
        *(
            (str(n), str(n), by, touchpoint, "", "", scale, 0, 0, score)
            for n, (by, touchpoint, scale, score) in enumerate(rows)
        )
    )


def test_surveys_and_scores_without_an_occasion_are_no_occasion(answers):
    rows = scored(
        answers,
        ("survey", "shop", "csat", 5.0),
        ("survey", "shop", "csat", 5.0),
        ("review", "", "stars", 1.0),
        ("review", "", "stars", 1.0),
    )
    found = figures(rows, NO_NAMES, min_group=2)
    assert found.reason == "No occasion or product has enough scores outside of surveys."
    assert lowest(found, observation_days=365).reason == found.reason


def test_lowest_occasion_comes_first_on_the_scale_with_most_answers(answers):
    stars = [("review", "app", "stars", s) for s in (5.0, 4.0) * 10]
    stars += [("review", "delivery", "stars", s) for s in (1.0, 2.0) * 10]
    effort = [("ticket", "delivery", "ces", s) for s in (2.0, 2.0, 2.0)]
    found = figures(scored(answers, *stars, *effort), NO_NAMES, min_group=2)
    assert found["mean"].tolist() == pytest.approx([2.0, 1.5, 4.5])
    told = lowest(found, observation_days=365)
    assert told.says == "Lowest: delivery (1.50 of 5); highest: app (4.50 of 5)"
    assert told.data["figure"].tolist() == ["2.00 of 7", "1.50 of 5", "4.50 of 5"]


def test_lowest_of_two_reviews_each_is_not_named(answers):
    rows = [("review", "app", "stars", s) for s in (5.0, 4.0)]
    rows += [("review", "delivery", "stars", s) for s in (3.0, 4.0)]
    told = lowest(figures(scored(answers, *rows), NO_NAMES, min_group=2), observation_days=365)
    assert told.says == "No occasion or product differs from the others beyond chance"
    assert told.data["verdict"].tolist() == ["may be chance"] * 2


def test_products_have_their_figures_without_any_order(answers):
    rows = [(f"{n}", f"{n}", "review", "", f"p{n % 3}", "", "stars", 0, 0, 5.0) for n in range(60)]
    rows = answers(*rows)
    rows.loc[rows["product_id"] == "p1", ["score", "answer_value"]] = 2.0
    found = figures(rows, pd.Series({"p1": "Rain coat"}), min_group=20)
    assert found["about"].tolist() == ["Rain coat", "p0", "p2"]
    assert lowest(found, observation_days=365).says.startswith("Lowest: Rain coat (2.00 of 5)")


def test_source_without_names_of_products_has_none(told):
    assert product_names(told()).empty
    table = pd.DataFrame({"product_id": ["p1", "p2"], "name": ["Coat", None]})
    known = SimpleNamespace(columns=("product_id", "name"))
    known.select = lambda *columns: SimpleNamespace(to_pandas=lambda: table[[*columns]])
    report = SimpleNamespace(tables={"products": known})
    assert product_names(report).to_dict() == {"p1": "Coat"}


def test_occasions_with_few_persons_are_not_shown(answers):
    rows = [("review", "app", "stars", 5.0)] * 3 + [("review", "shop", "stars", 1.0)] * 2
    assert figures(scored(answers, *rows), NO_NAMES, min_group=3)["about"].tolist() == ["app"]
