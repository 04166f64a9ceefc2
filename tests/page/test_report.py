import datetime as dt
import json
import stat
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from crm_helpers.page import report as report_module
from crm_helpers.page.faults import page_faults
from crm_helpers.page.findings import finding
from crm_helpers.page.report import Report, open_report
from crm_helpers.page.section import Section
from crm_helpers.page.words import answer
from crm_helpers.tables.labels import Labels

AS_OF = dt.date(2026, 9, 30)


class Tables(dict):
    """As much of CheckedTables as a report needs."""

    source = SimpleNamespace(
        parameters={},
        name="demo",
        title="Demo <b>",
        currency="EUR",
        data_until=dt.date(2026, 9, 30),
        labels=Labels(),
    )
    fingerprint = "abcdef0123456789"


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Report:
    monkeypatch.setenv("CRM_RUN_FOLDER", str(tmp_path / "run"))
    monkeypatch.setenv("CRM_REPORTS_DIR", str(tmp_path / "reports"))
    parameters = {"as_of": AS_OF, "seed": 7, "capacity": 2}
    return Report("churn", Tables(), parameters)


def earlier(tmp_path: Path, **findings: object) -> None:
    folder = tmp_path / "reports" / "demo" / "2026-06-30"
    folder.mkdir(parents=True)
    content = {"status": "ok", "as_of": "2026-06-30", "findings": findings}
    (folder / "churn.json").write_text(json.dumps(content))


def found(name: str, value: float, unit: str = "", **beside: float) -> dict:
    return {name: finding(name, value, unit=unit, **beside)}


def test_a_report_knows_its_seed_currency_and_day(made: Report) -> None:
    assert (made.seed, made.currency, made.as_of) == (7, "EUR", AS_OF)


def test_findings_of_sections_are_kept_in_the_order_given(made: Report) -> None:
    rate = Section.of(answer("A quarter")).finds("rate", 0.23, "share", n=100)
    made.keep(rate, found("active", 12), Section.absent("Too few."))
    assert list(made.findings) == ["rate", "active"]
    assert made.findings["rate"] == {"value": 0.23, "unit": "share", "n": 100}


def test_news_of_sections_is_kept_once_for_the_letter(made: Report) -> None:
    told = Section.of(answer("A quarter")).tells("A channel is new.")
    made.keep(told, told, found("active", 12))
    assert made.as_json()["news"] == ["A channel is new."]


def test_one_name_cannot_stand_for_two_values(made: Report) -> None:
    made.keep(found("rate", 0.23))
    made.keep(found("rate", 0.23))
    with pytest.raises(ValueError, match="finding rate: found 0.3 and 0.23; expected one value"):
        made.keep(found("rate", 0.3))


def test_one_line_tells_which_report_it_is(made: Report) -> None:
    assert repr(made).startswith("Report churn of Demo <b> as of 2026-09-30: ")


def test_a_card_tells_the_change_since_the_last_quarter(made: Report, tmp_path: Path) -> None:
    earlier(tmp_path, rate={"value": 0.20, "unit": "share"})
    made.keep(found("rate", 0.23, unit="share"))
    made.key_figures({"rate": "Lapse rate"})
    html = made.summary("a", "b", "c").html.replace("\u00a0", " ")
    assert '<p class="card-label">Lapse rate</p><p class="card-value">23 %</p>' in html
    assert "up 3.0 points since 30 Jun 2026" in html


def test_a_count_of_many_shows_its_rate_beside_it(made: Report) -> None:
    made.keep(found("lapses", 661.0, unit="customers", of=1320))
    made.key_figures({"lapses": "Lapses expected"})
    assert made.figures[0]["value"] == "661 customers"
    assert made.figures[0]["about"] == "50 of 100"


def test_a_unit_that_the_label_says_is_not_said_twice(made: Report) -> None:
    made.keep(found("active", 1240, unit="customers"))
    made.key_figures({"active": "Active customers"})
    made.key_figures(["active"])
    assert [figure["value"] for figure in made.figures] == ["1,240", "1,240 customers"]


def test_a_card_said_again_takes_the_place_of_the_first(made: Report) -> None:
    made.card("At risk", "1")
    made.card("At risk", "2")
    assert [figure["value"] for figure in made.figures] == ["2"]


def test_a_key_figure_that_was_not_found_is_named(made: Report) -> None:
    made.keep(found("rate", 0.2))
    with pytest.raises(KeyError, match="key figure 'rat' was not found yet; found: rate"):
        made.key_figures(["rat"])


@pytest.mark.parametrize("sentences", [[], ["a", "b"], ["a", "b", " "], ["a", "b", "c", "d"]])
def test_a_summary_has_three_sentences(made: Report, sentences: list[str]) -> None:
    with pytest.raises(ValueError, match="summary of churn: found .*; expected three"):
        made.summary(*sentences)


def test_what_is_to_be_settled_stands_after_the_second_sentence(made: Report) -> None:
    made.summary("a.", "b.", "c.", beside="Left out: fee.")
    assert made.sentences == ["a.", "b. Left out: fee.", "c."]


def candidates() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "customer_id": ["C1", "C2", "C3"],
            "what": "call",
            "why": "late",
            "probability": 0.2,
            "value": 50.0,
            "cost": 2.0,
            "expected_net_value": [3.0, 2.0, 1.0],
            "may_contact": True,
        }
    )


def test_the_list_is_private_cut_by_the_parameters_and_told_without_ids(made: Report) -> None:
    html = made.act(candidates(), capacity=2, budget=100.0).html
    path = made.folder / "actions" / "churn.csv"
    assert path.read_text().splitlines()[1:] == [
        "C1,call,late,0.2,50,2,3,False",
        "C2,call,late,0.2,50,2,2,False",
    ]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "C1" not in html
    assert "Act on the 2 customers of the list" in html
    assert made.decision["expected_net_value"] == 5.0


def test_the_control_group_is_the_same_in_a_rerun_and_another_next_quarter(
    made: Report, tmp_path: Path
) -> None:
    many = pd.concat([candidates().iloc[[0]]] * 400, ignore_index=True)
    many["customer_id"] = [f"C{i}" for i in range(400)]

    def held(as_of: dt.date) -> set[str]:
        parameters = {"as_of": as_of, "seed": 7}
        one = Report("churn", Tables(), parameters)
        one.act(many, control_share=0.2)
        listed = pd.read_csv(one.folder / "actions" / "churn.csv")
        return set(listed.loc[listed["is_control"], "customer_id"])

    assert held(AS_OF) == held(AS_OF)
    assert held(AS_OF) != held(dt.date(2026, 6, 30))


def test_the_record_holds_everything_in_types_of_json(made: Report) -> None:
    made.keep(found("rate", 0.23, unit="share"))
    made.key_figures(["rate"])
    made.act(candidates(), capacity=2)
    promised = pd.DataFrame({"subject": ["C1"], "value": [0.2]})
    made.promise(promised, quantity="lapsed", due_on=dt.date(2026, 12, 29), model="rule")
    made.summary("One.", "Two.", "Three.")
    made.record()
    told = json.loads((made.folder / "churn.findings.json").read_text())
    assert told["summary"] == ["One.", "Two.", "Three."]
    assert told["findings"] == {"rate": {"value": 0.23, "unit": "share"}}
    assert told["key_figures"][0]["finding"] == "rate"
    assert told["actions"]["rows"] == 2
    assert (told["report"], told["source"], told["as_of"]) == ("churn", "demo", "2026-09-30")
    kept = pd.read_parquet(made.folder / "churn.predictions.parquet")
    assert kept[["subject", "quantity", "model"]].to_numpy().tolist() == [["C1", "lapsed", "rule"]]


def test_predictions_are_private(made: Report) -> None:
    promised = pd.DataFrame({"subject": ["C1"], "value": [0.2]})
    made.promise(promised, quantity="lapsed", due_on=dt.date(2026, 12, 29))
    made.summary("One.", "Two.", "Three.")
    made.record()
    mode = (made.folder / "churn.predictions.parquet").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


def test_the_small_print_names_data_and_versions_and_no_time_of_day(made: Report) -> None:
    made.summary("One.", "Two.", "Three.")
    first, second = made.record().html, made.record().html
    assert first == second
    assert "Demo &lt;b&gt;, complete until 30 September 2026" in first
    assert "pandas 3." in first
    assert "<dt>capacity</dt><dd>2</dd>" in first
    assert page_faults(first) == []


def test_a_record_without_summary_is_refused(made: Report) -> None:
    with pytest.raises(ValueError, match=r"churn: the report has no summary; expected report\.sum"):
        made.record()


def test_without_the_runner_files_go_to_the_lab(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CRM_RUN_FOLDER", raising=False)
    monkeypatch.setenv("CRM_REPORTS_DIR", str(tmp_path))
    assert Report("churn", Tables(), {"as_of": AS_OF}).folder == tmp_path / "demo" / "lab"


def test_a_report_opens_at_the_end_of_the_last_quarter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report_module, "open_tables", lambda name: Tables())
    opened = open_report("nothing", {"source": "demo", "as_of": "", "seed": 3, "helper": open})
    assert opened.as_of == AS_OF
    assert opened.parameters == {"source": "demo", "as_of": AS_OF, "seed": 3}


def test_a_day_in_the_cell_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report_module, "open_tables", lambda name: Tables())
    assert open_report("nothing", {"as_of": "2026-05-05"}).as_of == dt.date(2026, 5, 5)
