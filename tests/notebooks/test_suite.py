"""All notebooks on a small company: their numbers, their pages, and how they bear other data."""

import datetime as dt
import html
import json
import re
import stat
import sys

import nbformat
import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from nbclient import NotebookClient

from crm_helpers.page.faults import is_light, page_faults
from tests.notebooks.conftest import CUSTOMERS, ROOT, STEMS

AS_OF = pd.Timestamp("2026-09-30")
FEW = 60  # customers: too few for most models


@pytest.mark.parametrize("stem", STEMS)
def test_each_report_is_made_for_the_demo_company(run, stem):
    content = run.json(stem)
    assert (content["status"], content["reason"]) == ("ok", "")
    assert len(content["summary"]) == 3


@pytest.mark.parametrize("stem", STEMS)
def test_an_executed_notebook_holds_no_warning_and_no_path_of_the_machine(run, stem):
    executed = (run.folder / f"{stem}.ipynb").read_text(encoding="utf-8")
    cells = json.loads(executed)["cells"]
    told = [one for cell in cells for one in cell.get("outputs", []) if "name" in one]
    assert [one["text"] for one in told if one["name"] == "stderr"] == []
    for place in (str(ROOT), sys.prefix, str(run.folder.parents[2])):
        assert place not in executed


def test_run_ends_well_and_says_where_to_look(run):
    assert run.code == 0
    assert "Open " in run.printed
    assert run.json("run")["kernels"] in ("forked", "fresh")


@pytest.fixture(scope="module")
def used(run, company) -> pd.DataFrame:
    """Order lines up to as_of, from the delivered file less the rows set aside."""
    lines = company.table("transactions")
    aside = run.folder / "set_aside/transactions.parquet"
    if aside.exists():
        lines = lines.drop(pd.read_parquet(aside)["row_number"].astype(int) - FIRST_ROW)
    lines = lines[lines["ordered_at"] < AS_OF + pd.Timedelta(days=1)]
    sums = {"revenue": lines["unit_price"], "margin": lines["unit_price"] - lines["unit_cost"]}
    return lines.assign(**{name: lines["quantity"] * each for name, each in sums.items()})


FIRST_ROW = 1


def test_rows_read_are_excluded_set_aside_or_used(run, company):
    parts = ("excluded", "set_aside", "used")
    read = run.value("data_quality", "transactions_rows_read")
    assert read == len(company.table("transactions"))
    assert read == sum(run.value("data_quality", f"transactions_rows_{part}") for part in parts)


def test_sales_equal_an_independent_sum(run, used):
    sales, known = used[used["quantity"] > 0], used["customer_id"].notna()
    expected = {
        "gross_sales": sales["revenue"].sum(),
        "known_customer_sales": sales.loc[known, "revenue"].sum(),
        "guest_sales": sales.loc[~known, "revenue"].sum(),
        "returns_value": used.loc[used["quantity"] < 0, "revenue"].sum(),
        "net_sales": used["revenue"].sum(),
        "customers_with_sales": sales["customer_id"].nunique(),
    }
    found = {name: run.value("data_quality", name) for name in expected}
    assert found == pytest.approx(expected, rel=1e-9)


def test_profit_concentration_equals_an_independent_one(run, used):
    days = run.json("run")["parameters"]["profitability"]["observation_days"]
    window = used[used["ordered_at"] >= AS_OF - pd.Timedelta(days=days - 1)]
    profit = window.groupby("customer_id")["margin"].sum().sort_values().to_numpy()
    best = profit[::-1][: int(np.ceil(len(profit) / 5))]
    assert run.value("profitability", "basis") == "margin"
    assert run.value("profitability", "profit_total") == pytest.approx(profit.sum(), rel=1e-9)
    top = run.value("profitability", "top20_profit_share")
    # Where the fifth cuts through a customer, the report may count a part of that customer.
    assert top == pytest.approx(best.sum() / profit.sum(), abs=best[-1] / profit.sum())


def test_baskets_equal_an_independent_count(run, used):
    days = run.json("run")["parameters"]["cross_sell"]["observation_days"]
    window = used[used["ordered_at"] >= AS_OF - pd.Timedelta(days=days - 1)]
    assert run.value("cross_sell", "baskets") == window.query("quantity > 0")["order_id"].nunique()


def test_lapses_of_the_test_quarter_equal_an_independent_count(run, company, used):
    p = run.json("run")["parameters"]["churn"]
    origin = AS_OF - pd.Timedelta(days=p["outcome_days"])
    sales = used.query("quantity > 0").dropna(subset="customer_id")
    after = sales["ordered_at"] >= origin + pd.Timedelta(days=1)
    within = sales["ordered_at"] >= origin - pd.Timedelta(days=p["observation_days"] - 1)
    active = set(sales.loc[within & ~after, "customer_id"]) & consenting(run, company)
    lapsed = active - set(sales.loc[after, "customer_id"])
    base_rate = run.json("churn")["findings"]["lapse_base_rate"]
    assert base_rate["n"] == len(active)
    assert base_rate["value"] == pytest.approx(len(lapsed) / len(active), rel=1e-9)


def consenting(run, company) -> set[str]:
    """Customers who may be profiled; of those whose row was set aside nobody can tell."""
    people = company.table("customers")
    aside = run.folder / "set_aside/customers.parquet"
    if aside.exists():
        people = people.drop(pd.read_parquet(aside)["row_number"].astype(int) - FIRST_ROW)
    withdrawn = pd.to_datetime(people["profile_withdrawn_on"]) <= AS_OF
    return set(people.loc[people["may_profile"].astype(bool) & ~withdrawn, "customer_id"])


def test_reports_agree_on_what_several_of_them_state(run):
    stated: dict[str, dict[str, float]] = {}
    for stem in STEMS:
        for name, found in run.json(stem)["findings"].items():
            stated.setdefault(name, {})[stem] = found["value"]
    shared = ("known_customer_sales", "customers_with_sales", "gross_sales", "net_sales")
    for name in shared:
        assert len(set(stated.get(name, {}).values())) <= 1, (name, stated[name])


@pytest.mark.parametrize("stem", STEMS)
def test_page_is_self_contained_light_and_without_code(run, stem):
    page = run.page(stem)
    text = BeautifulSoup(page, "html.parser").get_text(" ")
    assert page_faults(page) == []
    assert is_light(page)
    for code in ("import ", "open_report(", "report.features", "Traceback", "Warning:"):
        assert code not in text


@pytest.mark.parametrize("stem", STEMS)
def test_notebook_ran_without_an_error_output(run, stem):
    path = run.folder / f"{stem}.ipynb"
    outputs = [out for cell in nbformat.read(path, 4).cells for out in cell.get("outputs", [])]
    assert outputs
    assert [out for out in outputs if out.output_type == "error"] == []


@pytest.mark.parametrize("stem", STEMS)
def test_a_cell_shows_a_section_or_nothing(run, stem):
    cells = nbformat.read(run.folder / f"{stem}.ipynb", 4).cells
    shown = [
        output.data["text/plain"]
        for cell in cells
        if not {"summary", "colophon"} & set(cell.metadata.get("tags", []))
        for output in cell.get("outputs", [])
        if output.output_type in ("execute_result", "display_data")
    ]
    assert shown
    assert [text[:60] for text in shown if not text.startswith("Section")] == []


@pytest.mark.parametrize("stem", STEMS)
def test_no_person_is_named_on_a_page_or_in_its_json(run, company, stem):
    customers, contacts = company.table("customers"), company.table("contacts")
    persons = set(customers["customer_id"]) | set(contacts["person_id"]) | set(customers["email"])
    for text in (run.page(stem), json.dumps(run.json(stem))):
        words = set(re.findall(r"[\w.@+-]+", html.unescape(text)))
        assert words & persons == set()


@pytest.mark.parametrize("stem", STEMS)
def test_findings_are_numbers_or_texts_and_never_nan(run, stem):
    for name, found in run.json(stem)["findings"].items():
        value = found["value"]
        assert isinstance(value, str) or np.isfinite(value), name
        if {"low", "high"} <= set(found):
            assert found["low"] <= value <= found["high"], name


def test_lists_are_sorted_and_within_capacity_and_readable_by_their_owner_alone(run):
    lists = sorted((run.folder / "actions").glob("*.csv"))
    assert lists
    for path in lists:
        listed, p = pd.read_csv(path), run.json("run")["parameters"][path.stem]
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert listed["expected_net_value"].is_monotonic_decreasing
        assert (~listed["is_control"]).sum() <= p.get("capacity", np.inf)
        spent = listed.loc[~listed["is_control"], "cost"].sum()
        assert spent <= p.get("budget", np.inf) * (1 + 1e-9)


@pytest.mark.parametrize("stem", [stem for stem in STEMS if stem != "overview"])
def test_notebook_opened_by_hand_gives_the_same_numbers(run, company, stem, monkeypatch):
    for name, value in company.environment("by_hand", CUSTOMERS).items():
        monkeypatch.setenv(name, value)
    notebook = nbformat.read(ROOT / f"notebooks/{stem}.ipynb", 4)
    NotebookClient(notebook, resources={"metadata": {"path": str(ROOT / "notebooks")}}).execute()
    lab = company.home / "by_hand/demo/lab"
    found = json.loads((lab / f"{stem}.findings.json").read_text(encoding="utf-8"))
    # By hand the engine may use more threads, so sums can differ in their last bit.
    texts, numbers = parts(found)
    expected_texts, expected_numbers = parts(run.json(stem))
    assert texts == expected_texts
    assert numbers == pytest.approx(expected_numbers, rel=1e-9)
    assert found["summary"] == run.json(stem)["summary"]
    assert not (company.home / "by_hand/demo/ledger").exists()


def parts(content: dict) -> tuple[dict[str, str], dict[str, float]]:
    """Texts and numbers of the findings by name and part."""
    every = {
        f"{name}.{part}": value
        for name, found in content["findings"].items()
        for part, value in found.items()
    }
    texts = {name: value for name, value in every.items() if isinstance(value, str)}
    return texts, {name: every[name] for name in every.keys() - texts.keys()}


@pytest.fixture(scope="module")
def again(company):
    """A second run of some reports, in fresh kernels."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CRM_FRESH_KERNELS", "1")
        return company.run("--reports", "churn cross_sell", into="again")


@pytest.mark.parametrize("stem", ["churn", "cross_sell"])
def test_second_run_gives_the_same_numbers_and_the_same_list(run, again, stem):
    assert again.json("run")["kernels"] == "fresh"
    assert again.json(stem)["findings"] == run.json(stem)["findings"]
    lists = [each.folder / f"actions/{stem}.csv" for each in (again, run)]
    assert lists[0].read_bytes() == lists[1].read_bytes()


@pytest.fixture(scope="module")
def few(company):
    """Company of a few customers, at another day."""
    return company.run("--as-of", "2026-03-31", into="few", customers=FEW)


@pytest.mark.parametrize("stem", STEMS)
def test_with_few_customers_a_report_is_made_or_says_what_is_missing(few, stem):
    content = few.json(stem)
    assert content["as_of"] == "2026-03-31"
    assert content["status"] in ("ok", "skipped"), content["reason"]
    if content["status"] == "skipped":
        assert len(content["reason"]) > 40
        assert content["reason"] in html.unescape(few.page(stem))


SCRIPT = "<script>alert(1)</script>"
FORMULA = "=HYPERLINK(1)"


@pytest.fixture(scope="module")
def hostile(run, company):
    """The same company whose names of products, regions and channels are scripts and formulas."""
    folder = company.home / "hostile"
    folder.mkdir()
    tables = ("customers", "transactions", "products", "contacts", "subscriptions")
    for name in tables:
        frame = company.table(name)
        for column in ("name", "category", "region", "channel", "occupation", "plan", "campaign"):
            if column in frame:
                frame[column] = FORMULA + SCRIPT + frame[column].astype(str)
        frame.to_parquet(folder / f"{name}.parquet")
    source = folder / "evil.yaml"
    lines = [f'title: "{SCRIPT}"', f'currency: "{SCRIPT}"', 'data_until: "2026-09-30"', "tables:"]
    lines += [f"  {name}: {{from: '{folder}/{name}.parquet'}}" for name in tables]
    source.write_text("\n".join(lines))
    return company.run("--source", str(source), "--as-of", "2026-06-30", into="evil")


@pytest.mark.parametrize("stem", STEMS)
def test_scripts_and_formulas_in_the_data_stay_text(hostile, stem):
    page = hostile.page(stem)
    assert page_faults(page) == []
    assert "<script" not in page
    assert hostile.json(stem)["status"] in ("ok", "skipped"), hostile.json(stem)["reason"]


def test_no_cell_of_a_list_is_run_by_a_spreadsheet(hostile):
    lists = sorted((hostile.folder / "actions").glob("*.csv"))
    assert lists
    for path in lists:
        texts = pd.read_csv(path, keep_default_na=False).select_dtypes(["object", "string"])
        starts = texts.stack().astype(str).str[0]
        assert set(starts) & set("=+-@\t\r") == set()


def test_day_of_another_quarter_is_the_day_of_all_its_reports(hostile):
    days = {hostile.json(stem)["as_of"] for stem in STEMS}
    assert days == {dt.date(2026, 6, 30).isoformat()}
