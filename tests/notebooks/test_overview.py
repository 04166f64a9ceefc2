"""The letter of the quarter and the mails, made from the run of all notebooks."""

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from crm_helpers.mail.recipients import load_recipients
from crm_helpers.mail.send import write_mails
from tests.notebooks.conftest import STEMS


def test_reports_agree_in_the_numbers_that_several_state(run):
    assert run.value("overview", "numbers_that_disagree") == 0
    assert "The reports agree in the" in run.page("overview")


def test_every_report_is_linked_with_its_first_sentence(run):
    soup = BeautifulSoup(run.page("overview"), "html.parser")
    said = {block.a["href"]: block.find(class_="first").text for block in soup.select(".entry")}
    expected = {f"{s}.html": run.json(s)["summary"][0] for s in STEMS if s != "overview"}
    assert said == expected


def test_the_lists_add_up_to_what_the_letter_promises(run):
    decisions = [run.json(stem)["actions"] for stem in STEMS if run.json(stem)["actions"]]
    expected = sum(told["expected_net_value"] for told in decisions)
    assert run.value("overview", "lists_net_value") == pytest.approx(expected, rel=1e-9)
    to_contact = sum(told["to_contact"] for told in decisions)
    assert run.value("overview", "lists_to_contact") == to_contact


def test_mails_hold_three_sentences_and_no_id_of_a_person(run, company):
    mails = write_mails(run.folder, load_recipients())
    assert {"overview", "churn"} <= mails.keys()
    ids = company.table("customers")["customer_id"].dropna().unique()
    for stem, message in mails.items():
        text = message.get_body(("plain",)).get_content()
        assert run.json(stem)["summary"][2].replace("\u00a0", " ") in text
        words = set(pd.Series(message.get_body(("html",)).get_content()).str.split(r"\W+")[0])
        assert not words & set(ids), stem
