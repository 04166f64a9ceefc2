"""The card: how it is made, its points, its files, whether its questions kept their order."""

import duckdb
import pandas as pd

from crm_helpers.models.credit.scorecard import Scale
from crm_helpers.page.section import Section, is_absent
from crm_helpers.questions.credit import card as cards
from crm_helpers.questions.credit.applications import Predictors

MADE = {"monotone_bins": False, "repeats": 3, "min_events": 7, "seed": 5}


def test_no_challenger_named_means_all():
    assert len(cards.settings(Scale(), challengers=[], **MADE).methods) == 8
    assert cards.settings(Scale(), challengers=["tree"], **MADE).methods == ("tree",)


def test_settings_are_those_that_were_given():
    found = cards.settings(Scale(500, 10.0, 40), challengers=[], **MADE)
    assert (found.repeats, found.min_events, found.seed) == (3, 7, 5)
    assert found.scale.double_odds == 40
    assert not found.bins.monotone


def test_too_few_outcomes_make_no_study(known):
    both = Predictors(["home", "income"], ["home", "income"], pd.DataFrame())
    found = cards.study(known, both, cards.settings(Scale(), challengers=["tree"], **MADE))
    assert is_absent(found)
    assert found.reason.startswith("Too few outcomes to learn from")


def test_a_card_without_its_best_attribute_says_that_the_alarm_took_it(known):
    taken = {"column": ["fee"], "reason": "alone", "with_auc": 0.97, "without_auc": 0.61}
    both = Predictors(["home", "income"], ["home", "income", "fee"], pd.DataFrame(taken))
    found = cards.study(known, both, cards.settings(Scale(), challengers=["tree"], **MADE))
    assert "The leakage alarm left out what may be the best" in found.reason
    assert "fee (with it about 97 of 100 pairs" in found.reason
    assert "trusted_columns" in found.reason


def test_no_known_outcome_makes_no_study(known):
    found = cards.study(Section.absent("No outcome."), Section.absent("No attribute."), None)
    assert found.reason == "No outcome."


def test_picture_shows_the_answers_seen_in_training(report, study, known):
    shown = cards.points(report, study, known)
    assert shown.data["points"].tolist() == [580, 540, 0, 20]
    assert shown.says.startswith("2 questions make the score")
    assert shown.parts[1].title == "Home moves most: 40 points apart"


def test_files_hold_every_answer_of_the_card(report, study, asked):
    cards.write_files(report, study)
    table = pd.read_csv(report.folder / "files/credit_card.csv")
    assert table["points"].tolist() == [580, 540, 560, 560, 0, 20, 10, 10]
    assert table["answers"].tolist()[:2] == ["owns", "rents"]
    query = (report.folder / "files/credit_card.sql").read_text("utf-8")
    with duckdb.connect() as con:
        con.register("applications", asked)
        found = con.sql(query).df().set_index("application_id")["score"]
    assert found.loc[asked["application_id"]].tolist() == study.card.score(asked).tolist()


def test_a_formula_in_an_answer_is_never_run(report, study):
    study.card.bins[0].levels["=HYPERLINK(1)"] = study.card.bins[0].levels.pop("owns")
    cards.write_files(report, study)
    table = pd.read_csv(report.folder / "files/credit_card.csv")
    assert table["bin"][0] == "'=HYPERLINK(1)"


def test_questions_whose_points_fall_as_defaults_rise_keep_their_order(study, known):
    assert cards.kept_order(study, known).to_dict() == {"home": True, "income": True}


def test_a_question_that_turned_round_in_the_test_is_named(study, known):
    bad = {"a4": True, "a5": False, "a6": True, "a7": False}  # good incomes went bad
    tested = study.tested["application_id"].map(bad)
    study.tested["defaulted"] = tested.astype(bool)
    kept = cards.kept_order(study, known)
    assert kept.to_dict() == {"home": True, "income": False}
    assert cards.order_note(kept).text.startswith("1 of 2")
    assert cards.order_note(kept).text.endswith("not income.")
