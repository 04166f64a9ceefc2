"""The report as a whole: its list, its sentences, its cards."""

from types import SimpleNamespace

import pandas as pd
import pytest

from crm_helpers.page.actions import Limits
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section
from crm_helpers.page.words import answer
from crm_helpers.questions.satisfaction.page import cards, three_sentences, to_do
from crm_helpers.questions.satisfaction.scores import main_figure

ABSENT = Section.absent("Nobody was asked.")
OPTIONS = {"save_rate": 0.1, "horizon_months": 12, "outcome_days": 90}
NOTHING = {"callback_list_net_value": {"value": 0.0, "unit": "EUR", "n": 0}}
LEVELS = ["collected_by", "item", "scale", "n"]
TOPICS = Section.of(answer("Customers write about 2 things"))


@pytest.fixture
def report(tmp_path, monkeypatch, told):
    """A real report of a shop without tables."""
    monkeypatch.setenv("CRM_RUN_FOLDER", str(tmp_path))
    monkeypatch.setenv("CRM_REPORTS_DIR", str(tmp_path / "reports"))
    tables = SimpleNamespace(source=SimpleNamespace(name="shop", title="Shop", currency="EUR"))
    return Report("satisfaction", tables, {"as_of": told.as_of, "seed": 1})


def people(*net: float) -> pd.DataFrame:
    frame = pd.DataFrame({"expected_net_value": list(net)})
    return frame.assign(
        customer_id=[f"c{n}" for n in range(len(frame))],
        what="Call back",
        why="gave 1",
        quote="",
        probability=0.5,
        value=100.0,
        cost=4.0,
    )


def test_without_candidates_there_is_no_list_and_the_reason_stands_there(report):
    section = to_do(report, ABSENT, Limits(), **OPTIONS)
    assert "There is no list: Nobody was asked." in section.html
    assert section.findings == NOTHING
    assert report.decision is None


def test_nobody_unhappy_is_no_list(report):
    section = to_do(report, people(), Limits(), **OPTIONS)
    assert "nobody of known value was unhappy in the last period" in section.html
    assert section.findings == NOTHING
    assert report.decision is None


def test_list_is_written_within_its_limits_and_its_value_kept(report):
    section = to_do(report, people(5.0, 3.0, 9.0), Limits(capacity=2), **OPTIONS)
    assert section.data["customer_id"].tolist() == ["c2", "c0"]
    found = section.findings["callback_list_net_value"]
    assert (found["value"], found["n"]) == (14.0, 2)
    assert (report.folder / "actions" / "satisfaction.csv").exists()
    assert "c2" not in section.html
    assert "a call keeps 10\u00a0% of those" in section.html


def test_without_anything_the_sentences_say_so(report):
    so, means, do = three_sentences(report, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT)
    assert so == "How satisfied customers are cannot be said: Nobody was asked."
    assert means == "What to do first is not said: Nobody was asked."
    assert do.startswith("Nobody can be called back from these data")


def test_without_drivers_what_is_written_takes_their_place(report):
    told = three_sentences(report, ABSENT, ABSENT, ABSENT, ABSENT, TOPICS)
    assert told[1] == "Customers write about 2 things."


def test_first_sentence_tells_the_surest_change(report, asked):
    figure = main_figure(asked("nps", 9, 0), period_days=91)
    changed = pd.DataFrame(
        {"question": ["delivery"], "scale": "csat", "mean_change": -0.3, "is_change": [True]}
    )
    so = three_sentences(report, figure, changed, ABSENT, ABSENT, ABSENT)[0]
    assert so.endswith(
        "; beyond noise, 30 fewer of 100 asked are satisfied with delivery, compared with the "
        "period before."
    )
    calm = changed.assign(is_change=False)
    so = three_sentences(report, figure, calm, ABSENT, ABSENT, ABSENT)[0]
    assert so.endswith("; no question moved by more than noise since the period before.")
    assert three_sentences(report, figure, ABSENT, ABSENT, ABSENT, ABSENT)[0] == f"{figure.says}."


def test_second_sentence_is_the_one_order_of_work(report):
    first = Section.of(answer("Start with price: 2 of 100 customers are unhappy along with it"))
    first = first.finds("first_to_do", "price")
    told = three_sentences(report, ABSENT, ABSENT, first, ABSENT, TOPICS)
    assert told[1] == "Start with price: 2 of 100 customers are unhappy along with it."
    unsure = Section.of(answer("Nothing is clearly to be done first"))
    told = three_sentences(report, ABSENT, ABSENT, unsure, ABSENT, TOPICS)
    assert told[1] == "Nothing is clearly to be done first. Customers write about 2 things."
    most = Section.of(answer("App goes with overall satisfaction most: 40 %"))
    told = three_sentences(report, ABSENT, ABSENT, unsure, most, TOPICS)
    assert told[1].endswith("done first. App goes with overall satisfaction most: 40 %.")


def test_third_sentence_says_whom_to_call(report):
    to_do(report, people(5.0, 9.0), Limits(), **OPTIONS)
    do = three_sentences(report, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT)[2]
    assert do.startswith("Call back the 2 customers on the list, expected to bring 14\u00a0EUR net")
    to_do(report, people(-5.0), Limits(), **OPTIONS)
    do = three_sentences(report, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT)[2]
    assert do == "There is nobody whom a call back is expected to pay for; keep asking."


def test_cards_are_made_of_what_was_found_alone(report):
    cards(report, ABSENT)
    assert report.figures == []
    report.keep(Section.of().finds("csat", 0.73, "share", low=0.7, high=0.76, n=9))
    report.keep(Section.of().finds("response_rate", 0.25, "share", n=9))
    first = Section.of().finds("first_to_do", "price").finds("first_unhappy_share", 0.021, "share")
    report.keep(first, to_do(report, people(5.0, 9.0), Limits(), **OPTIONS))
    cards(report, pd.DataFrame([("survey", "overall", "csat", 9)], columns=LEVELS))
    told = {figure["label"]: (figure["value"], figure["about"]) for figure in report.figures}
    assert told == {
        "Satisfied (overall)": ("73 of 100", "70 to 76 of 100"),
        "Of 100 invited answered": ("25", ""),
        "To start with": ("Price", "2.1 of 100 unhappy along with it"),
        "Customers to call back": ("2", "expected net 14\u00a0EUR"),
    }
