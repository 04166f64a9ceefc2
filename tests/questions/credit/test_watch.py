"""The card watched over time: separation, shifts, moved classes."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from crm_helpers.models.credit.scorecard import Scorecard
from crm_helpers.page.section import Section, is_absent
from crm_helpers.questions.credit import watch
from crm_helpers.questions.credit.applications import Predictors
from crm_helpers.questions.credit.classes import by_points

BOTH = Predictors(["home", "income"], ["home", "income", "coin"], pd.DataFrame())


def quarter_of(name, right, count=40):
    """Tested credits of a quarter, every second one bad; the card is right or tells nothing."""
    bad = np.arange(count) % 2 == 0
    ids = [f"{name}-{place}" for place in range(count)]
    chance = np.where(bad, 0.8, 0.2) if right else 0.5
    rows = pd.DataFrame({"application_id": ids, "customer": ids, "quarter": name})
    return rows.assign(defaulted=bad, scorecard=chance)


def quarters(report, study, learned, tested):
    found = replace(study, learned=learned, tested=tested)
    return watch.quarters(report, found, bootstraps=20)


def test_a_perfect_card_has_gini_one_in_every_quarter(report, study):
    found = quarters(report, study, quarter_of("2026Q1", True), quarter_of("2026Q2", True))
    assert found["period"].tolist() == ["2026Q1", "2026Q2"]
    assert found["gini"].tolist() == [1.0, 1.0]
    shown = watch.over_time(report, found)
    assert shown.says == "The card still tells good from bad"
    assert shown.data["value"].tolist() == [1.0, 1.0]


def test_a_card_that_tells_nothing_any_more_is_said(report, study):
    found = quarters(report, study, quarter_of("2026Q1", True), quarter_of("2026Q2", False))
    assert found["gini"].tolist() == [1.0, 0.0]
    assert "does not tell good from bad" in watch.over_time(report, found).says


def test_an_application_learned_from_and_tested_counts_once(report, study):
    same = quarter_of("2026Q1", True)
    assert quarters(report, study, same, same)["n"].tolist() == [40]


def test_a_quarter_of_few_defaults_is_left_out(report, study):
    found = quarters(report, study, quarter_of("2026Q1", True, 38), quarter_of("2026Q2", True, 38))
    assert found.reason == "No quarter holds 20 defaults and 20 repaid credits."


def test_without_dates_nothing_is_watched(report, study, scored):
    report.tables["applications"].columns = ("application_id",)
    found = watch.quarters(report, study, bootstraps=20)
    assert found.reason == watch.NO_DATES
    assert watch.over_time(report, found).reason == watch.NO_DATES
    assert watch.periods(scored.drop(columns="role")).reason == watch.NO_DATES


def history(card, per_class, now="rents", late=100):
    """Hundred applications a quarter; in the last one all live as said."""
    parts = []
    for quarter, role, home, count in (
        ("2026Q1", "train", "owns", 100),
        ("2026Q2", "test", "owns", 100),
        ("2026Q3", "", now, late),
    ):
        ids = [f"{quarter}-{place}" for place in range(count)]
        rows = pd.DataFrame({"application_id": ids, "quarter": quarter, "role": role})
        income = np.where(np.arange(count) % 2 == 0, 2000.0, 500.0)
        parts.append(rows.assign(home=home, income=income, coin=np.arange(count) % 4))
    rows = pd.concat(parts, ignore_index=True)
    study = type("Study", (), {"card": card})
    return rows.assign(**by_points(card.score(rows), study, per_class))


def test_periods_are_the_last_quarter_the_one_before_and_those_of_the_card(card, per_class):
    found = watch.periods(history(card, per_class))
    assert (len(found.then), len(found.before), len(found.now)) == (200, 100, 100)
    assert found.quarter == "2026Q3"
    assert set(found.before["quarter"]) == {"2026Q2"}
    assert repr(found).startswith("Periods: 100 applications of 2026Q3, 100 of the quarter before")


def test_too_few_applications_in_the_last_quarter_show_no_shift(card, per_class):
    found = watch.periods(history(card, per_class, late=99))
    assert found.reason.startswith("200 applications then and 99 in the last quarter")


def test_the_attribute_that_changed_comes_first_and_the_same_ones_are_at_zero(card, per_class):
    found = watch.psi(watch.periods(history(card, per_class)), BOTH)
    assert found.index[0] == "home"
    assert found["home"] > 0.25
    assert found["income"] == pytest.approx(0, abs=1e-9)


def shifts(rows, study):
    periods = watch.periods(rows)
    return watch.shifts(periods, watch.psi(periods, BOTH), study)


def test_a_shift_of_the_card_moves_its_score_and_warns(card, per_class, study):
    shown = shifts(history(card, per_class), study)
    assert shown.says.startswith("Home shifted: do not score by it")
    assert shown.data["verdict"].tolist() == ["shifted", "shifted", "calm", "calm"]
    assert shown.data["place"].tolist() == ["", "on the card", "on the card", ""]
    assert shown.findings["psi_score"]["value"] == shown.data["psi"][0]
    assert shown.findings["psi_score"]["n"] == 100


def test_a_shift_that_the_card_does_not_ask_for_leaves_the_score_sound(card, per_class, study):
    rows = history(card, per_class, now="owns")
    rows.loc[rows["quarter"] == "2026Q3", "coin"] = 9
    assert shifts(rows, study).says.endswith("the score stays sound")


def test_the_same_applicants_have_not_shifted(card, per_class, study):
    shown = shifts(history(card, per_class, now="owns"), study)
    assert shown.says == "Applicants are like those the card was made from"
    assert shown.findings["psi_score"]["value"] == pytest.approx(0, abs=1e-9)


def moved(rows, study, per_class):
    return watch.moves(rows, watch.periods(rows), study, per_class)


def test_the_mix_of_classes_is_that_of_the_points(card, per_class, study):
    shown = moved(history(card, per_class), study, per_class)
    assert shown.data["then"].tolist() == [0.5, 0.5, 0.0]
    assert shown.data["now"].tolist() == [0.0, 0.5, 0.5]


def test_by_the_same_card_everybody_stays_in_class(card, per_class, study):
    shown = moved(history(card, per_class), study, per_class)
    assert shown.data["stayed"].dropna().tolist() == [1.0, 1.0]
    assert "100 of 100 keep their class" in shown.parts[2].text


def test_an_older_card_that_asks_less_puts_them_elsewhere(card, per_class, study):
    old = Scorecard(card.scale)
    old.bins, old.points = card.bins[1:], [card.points[1] + 580]
    shown = moved(history(card, per_class), replace(study, card_then=old), per_class)
    assert shown.data["stayed"].tolist()[:2] == [0.0, 0.0]


def test_who_applied_again_is_compared_with_himself(card, per_class, study):
    rows = history(card, per_class)
    rows["customer_id"] = rows["application_id"].str.replace(r".*-", "c", regex=True)
    note = moved(rows, study, per_class).parts[2].text.replace("\u00a0", " ")
    assert "Of 200 repeated applications 50 % fell in class." in note


def test_moves_say_first_that_the_card_tells_nothing(scored, study, per_class):
    nothing, undated = Section.absent("Chance."), Section.absent("No dates.")
    assert watch.moves(nothing, undated, study, per_class).reason == "Chance."
    assert is_absent(watch.moves(scored, undated, study, per_class))


def test_a_thin_quarter_before_shows_no_moves(card, per_class, study):
    rows = history(card, per_class)
    thin = rows.drop(rows.index[rows["quarter"] == "2026Q2"][:1])
    shown = moved(thin, study, per_class)
    assert shown.reason == "99 applications in the quarter before; 100 are needed."
