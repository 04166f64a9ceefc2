import pandas as pd

from crm_helpers.measures.quality.likely_duplicates import Duplicates
from crm_helpers.questions.data_quality import persons

PAIRS = pd.DataFrame({"first": range(30), "second": range(30), "similarity": 1.0})
SOME = Duplicates(PAIRS, 1, 100, ("postcode",))
FEW = Duplicates(PAIRS.head(3), 1, 100, ("postcode",))
NOBODY = Duplicates(PAIRS.head(0), 0, 0, ())
NO_TRIALS = pd.DataFrame(columns=["table", "rows", "of_rows"])
TRIALS = pd.DataFrame([["customers", 2, 100], ["transactions", 7, 900]], columns=NO_TRIALS.columns)
NO_COPIES = pd.DataFrame(columns=["table", "rows", "of_rows", "by_chance", "columns"])


def test_pairs_are_told_only_beyond_chance():
    said = persons.real_persons(SOME, NO_TRIALS, NO_COPIES).says
    assert said.startswith("30 pairs of customers are probably one person")
    assert persons.real_persons(FEW, NO_TRIALS, NO_COPIES).says.startswith(
        "Nobody is clearly there twice"
    )


def test_without_names_nobody_can_be_compared():
    shown = persons.real_persons(NOBODY, NO_TRIALS, NO_COPIES)
    assert shown.says == "Nobody can be compared (no names); 0 accounts made to try things out"
    assert "map a name and a postcode" in shown.html


def test_accounts_are_counted_among_the_customers_alone():
    assert "2 accounts made" in persons.real_persons(FEW, TRIALS, NO_COPIES).says


def test_pairs_beyond_chance_come_before_trial_accounts():
    found = persons.person_defects(SOME, TRIALS, NO_COPIES)
    assert found["kind"].tolist() == ["likely duplicate", "trial account", "trial account"]
    assert found["rows"].tolist() == [30, 2, 7]


def test_real_persons_are_no_defect():
    assert persons.person_defects(FEW, NO_TRIALS, NO_COPIES).empty


def test_rows_equal_but_for_their_key_are_told_and_are_a_defect():
    copies = pd.DataFrame([["contacts", 12, 41188, 0.2, 20]], columns=NO_COPIES.columns)
    assert "Equal to another row but for their key: 12 of contacts" in (
        persons.real_persons(FEW, NO_TRIALS, copies).html
    )
    (found,) = persons.person_defects(FEW, NO_TRIALS, copies).to_dict("records")
    assert (found["kind"], found["rows"], found["severity"]) == ("equal but for key", 12, "minor")
