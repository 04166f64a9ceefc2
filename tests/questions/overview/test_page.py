import datetime as dt
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from crm_helpers.page.actions import write_list
from crm_helpers.page.faults import page_faults
from crm_helpers.page.numerals import money
from crm_helpers.page.section import Section
from crm_helpers.questions.overview import agreement, changes, lists, page, reports
from crm_helpers.questions.overview import quarter as q
from crm_helpers.tables.needs import Skip
from tests.questions.overview.test_quarter import NOW, THEN, put, share

HOSTILE = "<script>alert(1)</script>"


def a_report(history: Path) -> SimpleNamespace:
    counts = pd.DataFrame(
        {
            "table": ["transactions"],
            "rows_read": [1100],
            "rows_excluded": [100],
            "rows_set_aside": [4],
            "rows_used": [996],
        }
    )
    return SimpleNamespace(
        history=history,
        as_of=dt.date(2026, 9, 30),
        currency="EUR",
        source=SimpleNamespace(title="Demo"),
        tables=SimpleNamespace(fingerprint="f1", counts=counts),
        money=lambda amount: money(amount, "EUR"),
    )


class Letter:
    """What the cells of the notebook name, one after the other."""

    def __init__(self, report: SimpleNamespace) -> None:
        self.report, self.states = report, q.states(report)
        self.moved = changes.key_figures(report, self.states)
        self.listed = lists.lists(self.states)
        self.differing = agreement.disagreements(self.states)

    def sections(self) -> list[Section]:
        return [
            changes.changed(self.report, self.states, self.moved),
            reports.found(self.states, self.moved),
            agreement.agreed(self.states, self.differing),
            lists.act(self.report, self.states, self.listed),
            page.trust(self.report, self.states, self.moved),
        ]

    def sentences(self) -> tuple[str, str, str]:
        return page.three_sentences(
            self.report, self.states, self.moved, self.listed, self.differing
        )


@pytest.fixture
def history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("CRM_REPORTS_RUN", raising=False)
    monkeypatch.setattr(q, "project_root", lambda: tmp_path)
    (tmp_path / "notebooks").mkdir()
    for stem in ("overview", "churn", "profitability", "credit", "fraud"):
        (tmp_path / "notebooks" / f"{stem}.ipynb").write_text("{}")
    return tmp_path / "reports"


TOLD = {
    "to_contact": 100,
    "control": 10,
    "cost": 150.0,
    "expected_net_value": 5000.0,
    "file": "actions/churn.csv",
}


def full(history: Path) -> Letter:
    figure = {"label": "Lapse rate", "value": "40 %", "about": "", "finding": "lapse_base_rate"}
    then, now = share(0.2, 0.02), share(0.4, 0.02)
    put(history, THEN, "churn", findings={"lapse_base_rate": then}, key_figures=[figure])
    put(
        history,
        NOW,
        "churn",
        findings={"lapse_base_rate": now},
        key_figures=[figure],
        actions=TOLD,
        title=f"Who leaves? {HOSTILE}",
        summary=["One.", f"Two {HOSTILE}.", "Three."],
    )
    put(history, NOW, "profitability", findings={"lapse_base_rate": now})
    put(history, NOW, "credit", status="skipped", reason=f"applications is missing {HOSTILE}")
    put(history, NOW, "fraud", page="failed.html", status="failed", reason="Too few payments.")
    listed = pd.DataFrame({"customer_id": ["a"], "is_control": [False]})
    write_list(listed, history / NOW / "actions" / "churn.csv")
    return Letter(a_report(history))


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_the_second_sentence_says_what_to_do_and_what_it_brings(history: Path) -> None:
    assert plain(full(history).sentences()[1]) == (
        "1 action list names 100 cases to act on, which should bring 5,000 EUR after costs."
    )


def test_the_first_sentence_says_what_moved_beyond_chance(history: Path) -> None:
    assert plain(full(history).sentences()[0]) == (
        "Since 30 June 2026 1 key figure moved by more than chance: Lapse rate up 20.0 points."
    )


DELIVERY = "26 fewer of 100 are satisfied with delivery than before."
PORTAL = "New among the leads: channel coupon portal makes up 31 % of them this quarter."
COFFEE = "Coffee: 12 products sell for 20 % more than in the quarter before."


def test_what_the_reports_call_beyond_noise_leads_the_letter_in_their_own_words(
    history: Path,
) -> None:
    full(history)
    put(history, NOW, "profitability", news=[DELIVERY])
    put(history, NOW, "credit", news=[PORTAL, COFFEE, "Four.", "Five.", "Six."])
    letter = Letter(a_report(history))
    first, second, _ = letter.sentences()
    assert first == f"{DELIVERY} {PORTAL} {COFFEE} Four. 2 more changes below."
    assert second.startswith("1 action list names 100 cases")
    html = letter.sections()[0].html
    assert all(told in html for told in (DELIVERY, PORTAL, COFFEE, "Six."))


def test_a_stale_report_has_no_news(history: Path) -> None:
    full(history)
    put(history, NOW, "profitability", news=[DELIVERY], fingerprint="f0")
    assert DELIVERY not in " ".join(Letter(a_report(history)).sentences())


def test_a_list_that_brings_nothing_is_not_recommended(history: Path) -> None:
    put(history, NOW, "churn", actions=TOLD | {"to_contact": 1, "expected_net_value": 0.24})
    assert Letter(a_report(history)).sentences()[0] == (
        "No action that should bring more than it costs was found; 1 report was asked."
    )


def test_without_a_move_beyond_chance_no_untested_figure_stands_in_for_news(
    history: Path,
) -> None:
    figures = [
        {"label": n, "value": "", "about": "", "finding": n.lower()} for n in ("Rate", "Changes")
    ]
    changes_of = {"unit": ""}
    for day, rate, count in ((THEN, 0.2, 0), (NOW, 0.201, 4)):
        found = {"rate": share(rate, 0.02), "changes": changes_of | {"value": count}}
        put(history, day, "churn", key_figures=figures, findings=found)
    letter = Letter(a_report(history))
    assert plain(changes.what_changed(letter.states, letter.moved)) == (
        "Since 30 June 2026 the one key figure that can be tested did not move by more than chance."
    )
    assert letter.sentences()[0].startswith("No action")


def test_the_third_sentence_says_how_sound_it_is(history: Path) -> None:
    assert plain(full(history).sentences()[2]) == (
        "2 of 4 reports were made (1 skipped, 1 failed); they agree in the 1 number they share; "
        "0.40 % of the rows read were set aside."
    )


def test_every_part_of_the_page_is_escaped(history: Path) -> None:
    letter = full(history)
    html = "".join(part.html for part in letter.sections())
    assert page_faults(html) == []
    assert html.count("&lt;script&gt;") >= 4


def test_blocks_link_to_the_pages_and_say_why_one_is_not_there(history: Path) -> None:
    html = full(history).sections()[1].html
    assert '<a href="churn.html">' in html
    assert '<a href="fraud.failed.html">' in html
    assert "Too few payments." in html
    assert "applications is missing" in html


def test_a_stale_page_is_marked(history: Path) -> None:
    full(history)
    put(history, NOW, "churn", status="failed", reason="Too few.")
    html = Letter(a_report(history)).sections()[1].html
    assert 'class="state stale"' in html
    assert "may be out of date. Too few." in html


def test_no_id_of_a_person_is_on_the_page(history: Path) -> None:
    letter = full(history)
    listed = pd.DataFrame({"customer_id": ["SECRET7"] * 1, "is_control": [False]})
    write_list(listed, history / NOW / "actions" / "churn.csv")
    assert "SECRET7" not in letter.sections()[3].html


def test_numbers_that_disagree_are_shown_with_a_warning(history: Path) -> None:
    full(history)
    put(history, NOW, "profitability", findings={"lapse_base_rate": share(0.3)})
    letter = Letter(a_report(history))
    assert letter.sections()[2].says == "The reports disagree in 1 of 1 number they share"
    html = letter.sections()[2].html
    assert "Do not use these numbers" in html
    assert "lapse_base_rate" in html


def test_the_findings_of_the_letter_are_numbers(history: Path) -> None:
    letter = full(history)
    told = page.findings(letter.report, letter.states, letter.listed, letter.differing)
    assert {name: found["value"] for name, found in told.items()} == {
        "reports_made": 2,
        "reports_skipped": 1,
        "reports_failed": 1,
        "reports_stale": 0,
        "numbers_that_disagree": 0,
        "rows_set_aside_share": 0.004,
        "lists_to_contact": 100,
        "lists_net_value": 5000.0,
    }


def test_when_every_report_is_stale_the_letter_asks_for_a_run(history: Path) -> None:
    put(history, NOW, "churn", fingerprint="f0", actions=TOLD)
    assert Letter(a_report(history)).sentences()[0] == (
        "No report is up to date: run make quarterly-report again."
    )


def test_one_report_in_a_new_quarter_is_told_as_what_it_is(history: Path) -> None:
    figure = {"label": "Lapse rate", "value": "40 %", "about": "", "finding": "lapse_base_rate"}
    put(history, THEN, "churn", findings={"lapse_base_rate": share(0.2)}, key_figures=[figure])
    put(history, NOW, "profitability")
    first, second, third = Letter(a_report(history)).sentences()
    assert first == "No action that should bring more than it costs was found; 1 report was asked."
    assert second == (
        "a The reports made so far have no key figure in common with those of 30 June 2026."
    )
    assert third.startswith("1 of 4 reports was made (3 not made)")


def test_one_report_that_was_skipped_says_why_in_the_letter(history: Path) -> None:
    put(history, NOW, "churn", status="skipped", reason="The source has no orders. Add them.")
    assert Letter(a_report(history)).sentences()[0] == (
        "Churn was skipped: The source has no orders. Add them."
    )


def test_the_first_quarter_has_nothing_to_compare(history: Path) -> None:
    put(history, NOW, "churn")
    letter = Letter(a_report(history))
    told = changes.what_changed(letter.states, letter.moved)
    assert told == "There is no earlier quarter to compare with yet."
    assert letter.sentences()[1] == "a There is no earlier quarter to compare with yet."
    assert letter.sentences()[0].startswith("No action that should bring more than it costs")
    assert "keep the reports folder" in letter.sections()[0].html


def test_without_any_report_the_letter_is_skipped_with_the_remedy(history: Path) -> None:
    with pytest.raises(Skip, match="No report was made for Demo .* Run make quarterly-report"):
        Letter(a_report(history))
