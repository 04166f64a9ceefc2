import json
import stat
from pathlib import Path

import pytest

from crm_helpers.mail import send as mail
from crm_helpers.mail.recipients import MailError, Recipients
from crm_helpers.mail.send import main, run_folder, send_mails, write_mails
from tests.mail.test_message import CONTENT

PAGE = '<html><body><div class="page"><header><p>Of 100</p></header></div></body></html>'
READERS = Recipients(
    sender="crm@shop.test",
    reports={"churn": ["a@shop.test"], "credit": ["b@shop.test"], "overview": []},
    errors=["c@shop.test"],
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "demo" / "2026-09-30"
    (made / "actions").mkdir(parents=True)
    (made / "churn.html").write_text(PAGE)
    (made / "churn.json").write_text(json.dumps({**CONTENT, "status": "ok"}))
    (made / "credit.json").write_text(json.dumps({"report": "credit", "status": "skipped"}))
    (made / "fraud.json").write_text(json.dumps({"status": "failed", "reason": "row of C0001840"}))
    (made / "actions" / "churn.csv").write_text("customer_id\nC0001840\n")
    return made


def test_whole_reports_with_readers_are_written_and_failures_told(folder: Path) -> None:
    written = write_mails(folder, READERS)
    assert list(written) == ["churn", "errors"]
    paths = sorted((folder / "mail").glob("*.eml"))
    assert [path.name for path in paths] == ["churn.eml", "errors.eml"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in paths} == {0o600}


def test_no_id_of_a_person_is_in_any_mail(folder: Path) -> None:
    for message in write_mails(folder, READERS).values():
        assert b"C0001840" not in message.as_bytes()


def test_mails_of_an_earlier_try_are_gone(folder: Path) -> None:
    (folder / "mail").mkdir()
    (folder / "mail" / "old.eml").write_text("x")
    write_mails(folder, READERS)
    assert not (folder / "mail" / "old.eml").exists()


@pytest.fixture
def handed(monkeypatch: pytest.MonkeyPatch) -> list:
    taken: list = []
    monkeypatch.setattr(mail, "server_from", lambda: None)
    monkeypatch.setattr(mail, "send", lambda message, server: taken.append(message["To"]))
    return taken


def test_a_second_try_sends_nothing_twice(folder: Path, handed: list) -> None:
    assert send_mails(folder, READERS, write_mails(folder, READERS)) == ["churn", "errors"]
    assert send_mails(folder, READERS, write_mails(folder, READERS)) == []
    assert handed == ["a@shop.test", "c@shop.test"]


def test_a_changed_report_is_sent_again(folder: Path, handed: list) -> None:
    send_mails(folder, READERS, write_mails(folder, READERS))
    changed = {**CONTENT, "status": "ok", "summary": ["Other.", "Two.", "Three."]}
    (folder / "churn.json").write_text(json.dumps(changed))
    assert send_mails(folder, READERS, write_mails(folder, READERS)) == ["churn"]


def test_after_a_refusal_the_rest_is_sent_at_the_next_try(
    folder: Path, handed: list, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse_errors(message, server) -> None:
        if message["To"] == "c@shop.test":
            raise MailError("refused")
        handed.append(message["To"])

    monkeypatch.setattr(mail, "send", refuse_errors)
    with pytest.raises(MailError, match="refused"):
        send_mails(folder, READERS, write_mails(folder, READERS))
    monkeypatch.setattr(mail, "send", lambda message, server: handed.append(message["To"]))
    send_mails(folder, READERS, write_mails(folder, READERS))
    assert handed == ["a@shop.test", "c@shop.test"]


def test_example_addresses_stop_the_sending(folder: Path, handed: list) -> None:
    examples = Recipients(sender="crm@example.com", reports={"churn": ["a@shop.test"]})
    with pytest.raises(MailError, match="1 addresses are still examples .*crm@example.com"):
        send_mails(folder, examples, write_mails(folder, examples))
    assert handed == []


def test_the_latest_run_is_meant_without_a_day(folder: Path) -> None:
    (folder.parent / "2026-06-30").mkdir()
    (folder.parent / "lab").mkdir()
    assert run_folder(folder.parent, "").name == "2026-09-30"
    assert run_folder(folder.parent, "2026-06-30").name == "2026-06-30"


def test_a_run_that_is_not_there_is_named_with_those_that_are(folder: Path) -> None:
    with pytest.raises(MailError, match="no reports as of 2026-01-01. There are: 2026-09-30"):
        run_folder(folder.parent, "2026-01-01")
    with pytest.raises(MailError, match="nothing: no reports were made yet"):
        run_folder(folder.parent.parent / "nothing", "")


def test_the_command_writes_and_does_not_send(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CRM_REPORTS_DIR", str(folder.parent.parent))
    monkeypatch.setattr(mail, "load_recipients", lambda known: READERS)
    assert main(["--source", "", "--as-of", ""]) == 0
    assert "SEND=1 sends them" in capsys.readouterr().out


def test_the_command_says_in_a_sentence_why_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CRM_REPORTS_DIR", str(tmp_path))
    assert main(["--source", "demo"]) == 2
    assert capsys.readouterr().err == (
        "demo: no reports were made yet. Run make quarterly-report.\n"
    )
