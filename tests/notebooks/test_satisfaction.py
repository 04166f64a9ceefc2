"""Satisfaction against the truth of the demo company, published paths, and a small survey."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml

from crm_helpers.demo.satisfaction import DRIVERS, WEIGHTS_ABOVE, WEIGHTS_BELOW
from crm_helpers.page.section import is_absent
from crm_helpers.questions.satisfaction import last_calls
from crm_helpers.tables.needs import Skip

ROOT = Path(__file__).resolve().parents[2]
CUSTOMERS = 6000
# Tenenhaus et al. (2005) data, coefficients of Monecke & Leisch (2012), JSS 48(3), semPLS.
PUBLISHED = {
    "image_expectation": 0.505,
    "expectation_quality": 0.557,
    "expectation_value": 0.051,
    "quality_value": 0.557,
    "image_satisfaction": 0.179,
    "expectation_satisfaction": 0.064,
    "quality_satisfaction": 0.513,
    "value_satisfaction": 0.192,
    "satisfaction_complaints": 0.526,
    "image_loyalty": 0.195,
    "satisfaction_loyalty": 0.483,
    "complaints_loyalty": 0.071,
}


@dataclass
class Made:
    """A notebook's cells, run in this process, and what it showed."""

    names: dict
    shown: dict[str, str]

    @property
    def report(self):
        return self.names["report"]

    @property
    def findings(self) -> dict:
        return self.report.findings


def made(home: Path, run: str, **changed: object) -> Made:
    settings = {
        "CRM_DEMO_DIR": home / "demo",
        "CRM_CACHE_DIR": home / "cache",
        "CRM_RUN_FOLDER": home / run,
        "CRM_REPORTS_DIR": home / "reports",
        "CUSTOMERS": CUSTOMERS,
    }
    with pytest.MonkeyPatch.context() as patch:
        for name in ("LAYERS", "DIRT", "DEMO_SEED"):
            patch.delenv(name, raising=False)
        for name, value in settings.items():
            patch.setenv(name, str(value))
        names, shown = {}, {}
        text = (ROOT / "notebooks" / "satisfaction.ipynb").read_text("utf-8")
        for cell in json.loads(text)["cells"]:
            if cell["cell_type"] == "code":
                source = "".join(cell["source"])
                exec(source, names)
                last = source.rstrip().split("\n")[-1]
                if last.isidentifier():
                    shown[last] = names[last]._repr_html_()
            if "parameters" in cell["metadata"].get("tags", []):
                names |= changed
    return Made(names, shown)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("satisfaction")


@pytest.fixture(scope="module")
def run(home: Path) -> Made:
    return made(home, "plain", observation_days=1095)


@pytest.fixture(scope="module")
def shuffled(home: Path) -> Made:
    return made(home, "shuffled", shuffle_outcomes=True)


def delivered(home: Path, name: str) -> pd.DataFrame:
    (folder,) = (home / "demo").iterdir()
    return pd.read_parquet(folder / f"{name}.parquet")


def test_nps_is_that_of_the_last_wave_counted_by_hand(run, home):
    rows = delivered(home, "feedback")
    days = (pd.Timestamp("2026-09-30") - pd.to_datetime(rows["given_at"]).dt.normalize()).dt.days
    rows = rows[(rows["scale"] == "nps") & days.between(0, 90) & rows["score"].between(0, 10)]
    people = delivered(home, "customers").drop_duplicates("customer_id").set_index("customer_id")
    refused = people["profile_withdrawn_on"].notna() | people["may_profile"].eq(False)
    # A customer whose own row is set aside may have refused: nobody can tell any more.
    unknown = people["birth_year"].notna() & ~people["birth_year"].between(1910, 2026)
    rows = rows[~rows["customer_id"].map(refused | unknown).eq(True)]
    by_hand = 100 * ((rows["score"] >= 9).mean() - (rows["score"] <= 6).mean())
    found = run.findings["nps"]
    assert found["n"] == len(rows)
    assert found["value"] == pytest.approx(by_hand, rel=1e-9)
    assert found["low"] < by_hand < found["high"]


def test_planted_weights_lie_inside_their_intervals(run):
    table = run.names["study"].table.set_index("driver").loc[list(DRIVERS)]
    inside = [
        table.at[d, f"{side}_low"] < weights[d] < table.at[d, f"{side}_high"]
        for side, weights in (("below", WEIGHTS_BELOW), ("above", WEIGHTS_ABOVE))
        for d in DRIVERS
    ]
    assert sum(inside) >= 9  # of ten intervals at 95 % one may miss


def test_delivery_that_got_worse_is_found_as_a_change_beyond_noise(run):
    changed = run.names["changed"]
    sure = changed[changed["is_change"]]
    assert sure["item"].iloc[0] == "delivery"
    assert sure["high"].iloc[0] < 0


def test_findings_that_stay_are_there(run):
    names = {"nps", "csat", "nps_change", "top_driver", "callback_list_net_value"}
    assert names <= set(run.findings)
    assert run.findings["top_driver"]["value"] in DRIVERS


def test_list_holds_unhappy_customers_who_agreed_with_reasons_and_a_control_group(run, home):
    told = run.report.decision
    listed = pd.read_csv(run.report.folder / told["file"])
    people = delivered(home, "customers").drop_duplicates("customer_id").set_index("customer_id")
    assert people.loc[listed["customer_id"], "may_contact"].all()
    assert listed["why"].str.contains(r"gave [0-6] \(|open ticket|open call").all()
    assert (listed["expected_net_value"] > 0).all()
    assert 0 < listed["is_control"].sum() < len(listed) / 2
    expected = listed["probability"] * 0.1 * listed["value"] - listed["cost"]
    assert listed["expected_net_value"].tolist() == pytest.approx(expected.tolist(), rel=1e-6)


def test_no_id_of_a_customer_stands_on_the_page(run, home):
    listed = pd.read_csv(run.report.folder / run.report.decision["file"])
    page = " ".join(run.shown.values())
    assert not [one for one in listed["customer_id"] if one in page]


def test_every_section_answers_and_has_its_word_of_caution(run):
    silent = {name for name, html in run.shown.items() if "Not answered" in html}
    assert silent == {"arrows", "helped"}
    cautious = {name for name, html in run.shown.items() if 'class="note' in html}
    assert cautious == set(run.shown) - {"trusted"}
    assert len(run.shown) == 20


def test_shuffled_outcomes_name_no_driver_and_show_no_link(shuffled):
    assert "top_driver" not in shuffled.findings
    found = shuffled.findings["unhappy_lapse_difference"]
    assert found["low"] < 0 < found["high"]
    assert "beyond chance" in shuffled.shown["shares"]


def test_last_list_is_compared_with_its_control_group(run, home):
    day = home / "reports" / "demo" / "2026-06-30"
    (day / "actions").mkdir(parents=True)
    (day / "satisfaction.json").write_text('{"status": "ok", "as_of": "2026-06-30"}')
    orders = delivered(home, "transactions")
    # Some rows are dated after the last day: dirt that is set aside.
    late = orders[pd.to_datetime(orders["ordered_at"]).between("2026-07-01", "2026-10-01")]
    bought = late.loc[late["quantity"] > 0, "customer_id"].dropna().unique()
    customers = delivered(home, "customers")["customer_id"].drop_duplicates()
    others = customers[~customers.isin(bought)]
    listed = pd.DataFrame(
        {
            "customer_id": [*bought[:60], *others[:100]],
            "is_control": [k >= 60 + 40 for k in range(160)],
        }
    )
    listed.to_csv(day / "actions" / "satisfaction.csv", index=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run.report, "history", day.parent)
        found = last_calls.compared(run.report, min_group=20)
    assert found.since == "30 June 2026"
    assert found.effect.control_mean == pytest.approx(0.0, abs=0.02)
    assert found.effect.treated_mean == pytest.approx(0.6, abs=0.02)


def test_published_paths_come_out_to_three_digits(home, shared_data, monkeypatch):
    monkeypatch.setenv("CRM_DATA_DIR", str(shared_data))
    source = yaml.safe_load((ROOT / "params/sources/ecsi_mobile.yaml").read_text("utf-8"))
    values = source["parameters"]["satisfaction"]
    found = made(home, "ecsi", source="ecsi_mobile", **values).findings
    paths = {n: round(found[f"path_{n}"]["value"], 3) for n in PUBLISHED}
    assert paths == PUBLISHED


@pytest.fixture(scope="module")
def thirty(home: Path) -> Made:
    """A survey with thirty answers, one of them off the scale, and nothing beside it."""
    rng = np.random.default_rng(1)
    rows = []
    for k in range(30):
        service, overall, nps = rng.integers(1, 6), rng.integers(1, 6), rng.integers(0, 11)
        for item, scale, score in (
            ("service", "csat", service),
            ("overall", "csat", overall),
            ("recommend", "nps", nps),
        ):
            rows.append((f"{k}-{item}", f"c{k}", "2026-08-01", "survey", item, scale, score))
    rows.append(("30-r", "c30", "2026-08-01", "survey", "recommend", "nps", 99))
    names = ["feedback_id", "customer_id", "given_at", "collected_by", "item", "scale", "score"]
    pd.DataFrame(rows, columns=names).to_csv(home / "thirty.csv", index=False)
    (home / "thirty.yaml").write_text(
        "title: Thirty answers\ncurrency: EUR\ndata_until: '2026-09-30'\ntables:\n"
        f"  feedback: {{from: {home / 'thirty.csv'}}}\n"
    )
    return made(home, "thirty", source=str(home / "thirty.yaml"))


def test_thirty_answers_give_a_wide_interval_and_no_driver(thirty):
    found = thirty.findings["nps"]
    assert found["n"] == 30
    assert found["high"] - found["low"] > 50
    assert "top_driver" not in thirty.findings
    assert "Only 30 answers are complete" in thirty.shown["shares"]


def test_score_off_its_scale_is_set_aside_with_its_count(thirty):
    assert "1 scores outside of their scale were set aside" in thirty.shown["trusted"]


def test_survey_alone_has_no_list_and_says_why(thirty):
    assert thirty.report.decision is None
    assert thirty.findings["callback_list_net_value"]["value"] == 0
    assert "no prices" in thirty.shown["calls"]


def test_numbers_behind_a_section_are_at_hand(run):
    assert run.names["shares"].data["label"].tolist()[0] == run.findings["top_driver"]["value"]
    assert run.names["usual"].figure is not None
    assert run.names["calls"].data["is_control"].any()
    assert all(
        f"{run.names[name]!r}".count("\n") == 0 for name in ("study", "mood_study", "masked")
    )


def test_sections_without_an_answer_keep_no_finding(run):
    assert is_absent(run.names["arrows"])
    assert not [name for name in run.findings if name.startswith("path_")]


def test_nobody_who_answered_ends_the_report_with_its_reason(home):
    pd.DataFrame(
        {"feedback_id": ["1"], "given_at": ["2026-12-01"], "score": [5], "scale": ["nps"]}
    ).to_csv(home / "late.csv", index=False)
    (home / "late.yaml").write_text(
        "title: One answer to come\ncurrency: EUR\ndata_until: '2026-12-31'\ntables:\n"
        f"  feedback: {{from: {home / 'late.csv'}}}\n"
    )
    with pytest.raises(Skip, match="There is no answer on any scale by this day"):
        made(home, "late", source=str(home / "late.yaml"), as_of="2026-09-30")
