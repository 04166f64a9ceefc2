"""Main figure by group of customers."""

import pandas as pd
import pytest

from crm_helpers.questions.satisfaction.groups import differences, figures

DAYS = {"observation_days": 365}


def north_and_south(asked, north, south):
    """Answers, and customers of two regions who gave them."""
    regions = ["north"] * len(north) + ["south"] * len(south)
    names = [str(place) for place in range(len(regions))]
    base = pd.DataFrame({"customer_id": names, "region": regions})
    return asked("nps", *north, *south), base


def test_group_far_below_the_others_differs_and_is_named(told, asked):
    main, base = north_and_south(asked, [9, 9, 9, 9, 9, 9, 7], [0, 0, 0, 0, 0, 0, 7])
    found = figures(main, base, **DAYS, min_group=2)
    assert found["group"].tolist() == ["north", "south"]
    assert found["differs"].tolist() == [True, True]
    assert found["whole"].tolist() == pytest.approx([0.0, 0.0], abs=1e-9)
    section = differences(told(), main, found, **DAYS)
    assert section.says == "Least satisfied: south (−86); most: north (+86)"
    assert section.data["label"].tolist() == ["south", "north"]


def test_groups_that_answer_alike_do_not_differ(told, asked):
    main, base = north_and_south(asked, [9, 0, 7], [9, 0, 7])
    section = differences(told(), main, figures(main, base, **DAYS, min_group=2), **DAYS)
    assert section.says == "No group of customers differs from the others beyond chance"


def test_small_groups_are_not_shown(told, asked):
    main, base = north_and_south(asked, [9, 0, 7], [9, 0])
    assert figures(main, base, **DAYS, min_group=3)["group"].tolist() == ["north"]
    found = figures(main, base, **DAYS, min_group=20)
    assert found.reason == "No group has 20 answers."
    assert differences(told(), main, found, **DAYS).reason == found.reason


def test_answers_before_the_window_do_not_count(asked):
    main, base = north_and_south(asked, [9, 0], [9, 0])
    old = main.assign(answer_age_days=365)
    assert figures(old, base, **DAYS, min_group=2).reason == "No group has 2 answers."
