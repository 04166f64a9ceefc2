from pathlib import Path

import pytest

from crm_helpers.mail.recipients import MailError, load_recipients
from crm_helpers.page.parameters import ParameterError

GOOD = "sender: CRM <crm@shop.test>\nreports:\n  churn: [a@shop.test]\nerrors: [b@shop.test]\n"


def load(folder: Path, text: str):
    path = folder / "recipients.yaml"
    path.write_text(text)
    return load_recipients(path, known=["churn", "overview"])


def test_readers_are_read_by_report(tmp_path: Path) -> None:
    read = load(tmp_path, GOOD)
    assert read.reports == {"churn": ["a@shop.test"]}
    assert read.errors == ["b@shop.test"]
    assert read.examples() == []


def test_the_example_file_is_read_and_known_as_one() -> None:
    read = load_recipients()
    assert "management@example.com" in read.examples()
    assert read.sender == "CRM reports <crm-reports@example.com>"


@pytest.mark.parametrize(
    "address",
    ["nobody", "a@b", "@shop.test", "a@shop.test, b@shop.test", '"a\\nBcc: x"@b.test', ""],
)
def test_what_is_no_address_is_refused(tmp_path: Path, address: str) -> None:
    text = f"sender: crm@shop.test\nreports:\n  churn: [{address!r}]\n"
    if "\\n" in address:
        text = 'sender: crm@shop.test\nreports:\n  churn: ["a@b.test\\nBcc: x@y.test"]\n'
    with pytest.raises(MailError, match="recipients.yaml: reports: .* is no mail address"):
        load(tmp_path, text)


def test_an_unknown_report_is_refused_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="unknown 'chrun'; did you mean 'churn'"):
        load(tmp_path, GOOD.replace("churn", "chrun"))


def test_an_unknown_key_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MailError, match="recipients.yaml: copies: Extra inputs"):
        load(tmp_path, GOOD + "copies: []\n")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(MailError, match="recipients.yaml: is not there"):
        load_recipients(tmp_path / "recipients.yaml")


def test_a_file_that_is_no_yaml_is_named(tmp_path: Path) -> None:
    with pytest.raises(MailError, match="recipients.yaml: is no YAML"):
        load(tmp_path, "sender: [")


def test_a_missing_file_says_what_to_write(tmp_path: Path) -> None:
    with pytest.raises(MailError, match=r"recipients.yaml: is not there. Write who gets which"):
        load_recipients(tmp_path / "recipients.yaml")


def test_a_file_that_is_no_yaml_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MailError, match=r"params/recipients.yaml: is no YAML \("):
        load(tmp_path, "sender: [crm@shop.test\n")
