import ibis
import pandas as pd
import pytest

from crm_helpers.tables.trial_accounts import trial_accounts, trial_rows


def accounts(name="Ann Lee", email="ann.lee@example.com", id_="C1"):
    frame = pd.DataFrame({"customer_id": [id_], "name": [name], "email": [email]})
    return trial_accounts(ibis.memtable(frame)).to_pandas()["customer_id"].tolist()


@pytest.mark.parametrize(
    "who",
    [{"name": "Test Account 3"}, {"email": "test12@example.com"}, {"id_": "DUMMY-1"}],
    ids=["name", "email", "id"],
)
def test_the_word_test_or_dummy_marks_an_account(who):
    assert len(accounts(**who)) == 1


@pytest.mark.parametrize("name", ["Carlo Testa", "Contessa Greatest", "Ann Lee"])
def test_names_that_only_contain_the_letters_are_people(name):
    assert accounts(name=name) == []


def test_rows_under_the_accounts_are_counted_per_table():
    people = pd.DataFrame({"customer_id": ["1", "2"], "name": ["Test One", "Ann Lee"]})
    lines = pd.DataFrame({"customer_id": ["1", "1", "2", None]})
    found = trial_rows({"customers": ibis.memtable(people), "transactions": ibis.memtable(lines)})
    assert found["rows"].tolist() == [1, 2]
    assert found["of_rows"].tolist() == [2, 4]


def test_without_customers_there_is_nothing_to_mark():
    assert trial_rows({}).empty
