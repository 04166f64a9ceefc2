import json
from types import SimpleNamespace

import pytest

from crm_helpers.runner.making import _drop_files, _publish_files, in_words, kept
from crm_helpers.runner.plan import Job

JOB = Job("churn", "Churn", None, {}, [], [], "abc")


def whole(folder, **changes):
    content = {"hash": "abc", "status": "ok", "reason": ""} | changes
    (folder / "churn.json").write_text(json.dumps(content))
    (folder / "churn.html").write_text("<p>page</p>")


@pytest.mark.parametrize("status", ["ok", "skipped"])
def test_whole_report_of_the_same_hash_is_kept(tmp_path, status):
    whole(tmp_path, status=status)
    assert kept(JOB, tmp_path).status == status


@pytest.mark.parametrize("changes", [{"hash": "other"}, {"status": "failed"}, {"hash": None}])
def test_report_of_other_code_or_one_that_failed_is_made_anew(tmp_path, changes):
    whole(tmp_path, **changes)
    assert kept(JOB, tmp_path) is None


def test_report_without_json_or_page_is_not_whole(tmp_path):
    assert kept(JOB, tmp_path) is None
    whole(tmp_path)
    (tmp_path / "churn.html").unlink()
    assert kept(JOB, tmp_path) is None


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("Skip", "Too few orders.", "Too few orders."),
        ("ValueError", "price: 3 values are missing", "price: 3 values are missing."),
        ("ValueError", "3", "ValueError: 3."),
        ("KeyError", "'price'", "KeyError: 'price'."),
        ("RuntimeError", "", "RuntimeError: no further word."),
    ],
)
def test_error_is_told_by_its_sentence_or_with_its_name(name, text, words):
    assert in_words(name, text) == words


def test_files_of_a_report_take_the_place_of_those_of_its_last_run(tmp_path):
    draft, shop = tmp_path / "draft", SimpleNamespace(folder=tmp_path)
    for folder, name in ((draft, "churn_new.csv"), (tmp_path, "churn_old.csv")):
        (folder / "files").mkdir(parents=True, exist_ok=True)
        (folder / "files" / name).write_text("x")
    (tmp_path / "files" / "credit_card.csv").write_text("another report's")
    _publish_files(JOB, shop, draft)
    assert sorted(p.name for p in (tmp_path / "files").iterdir()) == [
        "churn_new.csv",
        "credit_card.csv",
    ]
    _drop_files(JOB, shop)
    assert [p.name for p in (tmp_path / "files").iterdir()] == ["credit_card.csv"]
