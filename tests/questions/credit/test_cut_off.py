"""The cut-off: arithmetic, past outcomes against it, profit on the test."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from crm_helpers.measures.credit.credit_money import CreditMoney
from crm_helpers.page.section import Section
from crm_helpers.questions.credit import cut_off as cuts


def least(known, study, money):
    return cuts.least_points(known, study, money, bootstraps=40, seed=0)


def learned_from(study, points, bad):
    ids = [f"l{place}" for place in range(len(points))]
    rows = pd.DataFrame({"application_id": ids, "defaulted": bad, "points": points})
    return replace(study, learned=rows)


def asking(study, amount=1000.0):
    """Known applications as they asked, those learned from among them."""
    return pd.DataFrame({"application_id": study.learned["application_id"], "amount": amount})


def test_arithmetic_gives_the_points_where_outcomes_do_not_contradict_it(study, money):
    """A margin of 190 of 1,000 against 600 lost pays up to 0.19 / 0.8."""
    mixed = learned_from(
        study, [600, 580, 545, 530, 520, 510], [False, False, False, True, True, True]
    )
    found = least(asking(mixed), mixed, money)
    assert found.break_even == pytest.approx(0.19 / 0.8)
    assert found.points == study.card.scale.points_at(0.19 / 0.8)
    assert found.share == pytest.approx(0.5)
    assert found.chance <= found.break_even


def test_outcomes_that_contradict_arithmetic_decide(study, money):
    good = learned_from(study, np.arange(400, 440), [False] * 40)
    found = least(asking(good), good, money)
    assert found.points == 400
    assert (found.share, found.low, found.high) == (1.0, 1.0, 1.0)


def test_where_everybody_defaults_nobody_is_approved(study, money):
    bad = learned_from(study, np.arange(600, 640), [True] * 40)
    found = least(asking(bad), bad, money)
    assert found.share == 0.0
    assert found.points == 640


def test_without_a_margin_the_points_are_beyond_any_card(study):
    found = least(asking(study), study, CreditMoney(0.0, 0.5, 5.0))
    assert found.break_even == 0.0
    assert found.points > study.learned["points"].max()


def test_without_amounts_all_credits_count_as_of_one_size(known, study, money):
    """A margin of 0.2 against 0.6 lost pays up to a quarter; no handling cost can be set beside."""
    mixed = learned_from(
        study, [600, 580, 545, 530, 520, 510], [False, False, False, True, True, True]
    )
    found = least(asking(mixed).drop(columns="amount"), mixed, money)
    assert not found.has_amounts
    assert found.break_even == pytest.approx(0.25)
    assert found.points == study.card.scale.points_at(0.25)


def test_without_amounts_there_is_a_strategy_and_no_profit(
    report, proven, known, scored, cut_off, money
):
    bare = [rows.drop(columns="amount") for rows in (proven, known, scored)]
    one_size = replace(cut_off, has_amounts=False)
    shown = cuts.strategies(report, bare[0], bare[2], one_size)
    assert shown.findings["approval_rate"]["value"] == 8 / 12
    assert "takes all credits as of one size" in shown.parts[2].text
    assert "no amount" in profits_of(report, bare[0], bare[1], one_size, money).reason


def test_an_amount_that_is_not_stated_has_no_part_in_a_gap(study, money):
    """One amount of six is missing: it counts as the mean of the others."""
    mixed = learned_from(
        study, [600, 580, 545, 530, 520, 510], [False, False, False, True, True, True]
    )
    asked = asking(mixed)
    asked.loc[4, "amount"] = np.nan
    assert least(asked, mixed, money) == least(asking(mixed), mixed, money)


@pytest.fixture
def halves(study):
    """Two folds whose outcomes tell of unlike cut-offs: 10 points apart the sign turns."""
    bad = np.repeat([False, False, True, True, False, False, False, True], 25)
    rows = pd.DataFrame(
        {
            "application_id": [f"f{place}" for place in range(200)],
            "customer": [f"c{place}" for place in range(200)],
            "fold": np.repeat([0, 1], 100),
            "points": np.tile(np.repeat([560, 550, 540, 530], 25), 2),
            "defaulted": bad,
        }
    )
    return replace(study, tested=rows, learned=rows, in_time=False)


def test_each_fold_has_a_cut_off_chosen_without_it(halves, money):
    """The first fold repays down to 550, the second down to 540: each is judged by the other."""
    found = least(asking(halves), halves, money)
    assert 530 < found.by_fold[0] <= 540 < found.by_fold[1] <= 550
    rows = pd.DataFrame({"points": [540, 540], "fold": [0, 1]})
    assert found.approves_unseen(rows).tolist() == [True, False]


def test_profit_where_folds_test_is_that_of_cut_offs_chosen_elsewhere(report, halves, money):
    """Fold 0 from 540 on: 50 repaid, 25 lost; fold 1 from 550 on: 50 repaid."""
    known = asking(halves)
    proven = halves.tested.assign(amount=1000.0)
    shown = profits_of(report, proven, known, least(known, halves, money), money)
    expected = 100 * 190 - 25 * 610
    assert f"{expected:,.0f}" in shown.parts[1].title
    assert "each fold by a cut-off chosen without it" in shown.parts[2].text


def test_points_at_the_cut_off_are_approved(cut_off):
    rows = pd.DataFrame({"points": [560, 559]})
    assert cut_off.approves(rows).tolist() == [True, False]


def test_a_cut_off_says_in_one_line_what_it_is(cut_off):
    assert repr(cut_off) == "Cut-off: 560 points, a default chance of 0.118"


def profits_of(report, proven, known, cut_off, money):
    return cuts.profits(report, proven, known, cut_off, money, bootstraps=20, seed=0)


def test_profit_of_the_tested_credits_is_what_arithmetic_says(
    report, proven, known, cut_off, money
):
    """Three repaid of 3,000, 1,000 and 1,000: 1,000 - 30; the fourth of mean size is lost."""
    shown = profits_of(
        report, proven.assign(amount=proven["amount"].fillna(0)), known, cut_off, money
    )
    assert shown.data["contacted_share"].tolist() == [0, 0.25, 0.5, 0.75, 1]
    assert shown.data["profit"].tolist() == pytest.approx([0, 590, 780, 970, 960])
    assert "970" in shown.parts[1].title


def test_an_amount_that_is_not_stated_counts_as_the_mean(report, proven, known, cut_off, money):
    shown = profits_of(report, proven, known, cut_off, money)
    everybody = 970 - 0.6 * 9000 / 7 - 10
    assert f"{everybody:,.0f}" in shown.parts[1].title


def test_profits_are_silent_on_a_card_that_tells_nothing(report, known, cut_off, money):
    nothing = Section.absent("Chance.")
    assert profits_of(report, nothing, known, cut_off, money).reason == "Chance."


def test_strategy_keeps_the_share_of_all_applications_approved(report, proven, scored, cut_off):
    shown = cuts.strategies(report, proven, scored, cut_off)
    found = shown.findings["approval_rate"]
    assert (found["value"], found["unit"], found["n"]) == (8 / 12, "share", 12)
    assert shown.data["bad_rate"].tolist() == [0, 0, 0, 0.25]


def test_a_cut_off_above_all_points_leaves_nobody_bad(report, proven, scored, cut_off):
    shown = cuts.strategies(report, proven, scored, replace(cut_off, points=999))
    assert shown.findings["approval_rate"]["value"] == 0.0
    assert "leaves 0" in shown.parts[1].title.replace("\u00a0", " ")
