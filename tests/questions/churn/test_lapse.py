"""How many will lapse, how well that is found, and how many of them to contact."""

from dataclasses import replace
from types import SimpleNamespace

import pandas as pd
import pytest

from crm_helpers.features.outcomes import days_to_next_order
from crm_helpers.features.windows import ONE_DAY
from crm_helpers.measures.statistics.bootstrap import Interval
from crm_helpers.page.section import Section, is_absent
from crm_helpers.questions.churn import lapse

CHANCE_ALONE = {"auc_interval": Interval(0.4, 0.7)}
WINDOW = {"outcome_days": 90, "min_group": 2}


def size_of(report, study, terms):
    return lapse.size(report, study, lapse.forecast(study, terms, seed=1), terms, **WINDOW)


def test_the_forecast_adds_up_chances_and_what_goes_with_them(lapses, terms):
    found = lapse.forecast(lapses(), terms, seed=1)
    assert found.customers == pytest.approx(5.0)
    assert found.value == pytest.approx(5.0 * 0.5 * 365.25)
    assert found.customers_interval.low <= 5 <= found.customers_interval.high


def test_the_size_is_found_with_its_intervals(report, lapses, terms):
    size = size_of(report, lapses(), terms)
    assert list(size.findings) == ["customers_scored", "lapses_expected", "lapse_margin_at_stake"]
    assert size.findings["customers_scored"] == {"value": 10, "unit": "customers"}
    assert size.findings["lapses_expected"]["value"] == pytest.approx(5.0)
    assert size.findings["lapse_margin_at_stake"]["unit"] == "EUR"


def test_risks_stand_highest_first_and_small_groups_are_left_out(report, lapses, terms):
    rows = size_of(report, lapses(), terms).data
    assert rows["risk"].tolist() == [
        "80 to 100 of 100",
        "60 to 80 of 100",
        "40 to 60 of 100",
        "20 to 40 of 100",
        "0 to 20 of 100",
    ]
    assert rows["customers"].tolist() == [2] * 5
    assert rows["lapses"].sum() == pytest.approx(5.0)
    assert lapse.risks(lapses(), terms, min_group=3).empty


def test_where_nothing_is_found_nobody_is_counted_as_lost(report, lapses, terms):
    study = lapses(**CHANCE_ALONE)
    assert list(size_of(report, study, terms).findings) == ["customers_scored"]
    forecast = lapse.forecast(study, terms, seed=1)
    assert is_absent(lapse.loss(report, study, forecast, terms))


def test_without_a_study_the_first_section_says_why_and_the_others_are_silent(
    report, terms, monkeypatch
):
    monkeypatch.setenv("CRM_RUN_FOLDER", "somewhere")
    none = Section.absent("No orders.")
    size = size_of(report, none, terms)
    assert (size.says, size.findings) == ("No orders.", {})
    assert not is_absent(size)
    forecast = lapse.forecast(none, terms, seed=1)
    assert lapse.loss(report, none, forecast, terms)._repr_html_() == ""
    assert lapse.gain(report, none)._repr_html_() == ""


def test_without_prices_no_money_is_put_beside_the_lapses(report, lapses, terms):
    study = lapses()
    study = replace(study, scored=study.scored.drop(columns="revenue_sum"))
    forecast = lapse.forecast(study, terms, seed=1)
    assert "no prices" in lapse.loss(report, study, forecast, terms).says
    size = lapse.size(report, study, forecast, terms, outcome_days=90, min_group=2)
    assert "lapse_margin_at_stake" not in size.findings
    assert "at_stake" not in size.data


def test_gain_holds_the_curves_of_model_and_rule(report, lapses):
    data = lapse.gain(report, lapses()).data
    assert set(data["order"]) == {"model", "rule"}
    assert data.groupby("order")["found_share"].max().tolist() == [1.0, 1.0]


def test_the_window_is_followed_for_twice_its_length(report, lapses):
    asked = {}

    def features(function, **parameters):
        asked.update(parameters, function=function)
        return pd.DataFrame({"next_order_days": [30.0, 120.0, None, None]})

    report = SimpleNamespace(**vars(report), features=features)
    shown = lapse.window(report, lapses(), observation_days=365, outcome_days=90)
    away = shown.data.set_index("days")["away_share"]
    assert (away[90], away[180]) == (0.75, 0.5)
    assert asked == {
        "function": days_to_next_order,
        "as_of": report.as_of - 180 * ONE_DAY,
        "observation_days": 365,
        "outcome_days": 180,
    }


def test_profit_counts_those_who_lapsed_in_the_test(report, lapses, terms):
    data = lapse.profit(report, lapses(), terms, seed=1).data
    worth = 0.1 * 0.5 * 365.25
    assert data["profit"].iloc[-1] == pytest.approx(5 * worth - 10 * 4)
    assert data["profit"].max() == pytest.approx(5 * worth - 8 * 4)


def test_without_evidence_there_is_no_profit_to_weigh(report, lapses, terms):
    shown = lapse.profit(report, lapses(**CHANCE_ALONE), terms, seed=1)
    with pytest.raises(ValueError, match="words alone"):
        _ = shown.data
