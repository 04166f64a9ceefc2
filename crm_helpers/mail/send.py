"""The reports of a run -> one mail each, as files; sent only when asked: `make mail SEND=1`."""

import argparse
import datetime as dt
import hashlib
import json
import os
import sys
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from rich.console import Console

from crm_helpers.mail.message import failure_message, page_of, report_message
from crm_helpers.mail.recipients import MailError, Recipients, load_recipients
from crm_helpers.mail.smtp import send, server_from
from crm_helpers.page.files import OWNER_ONLY, write_json, write_whole
from crm_helpers.page.numerals import counted
from crm_helpers.page.parameters import ParameterError
from crm_helpers.tables.paths import project_root, reports_dir

SENT = "sent.json"
ERRORS = "errors"


def main(arguments: list[str] | None = None) -> int:
    """Exit code: 0 all written (and sent), 2 with a sentence why not."""
    parser = argparse.ArgumentParser(prog="crm_helpers.mail.send", description=__doc__)
    parser.add_argument("--source", default="demo", help="name of the source")
    parser.add_argument("--as-of", default="", help="day of the run; empty: the latest")
    parser.add_argument("--send", action="store_true", help="send what is written")
    given = parser.parse_args(arguments)
    console = Console(highlight=False)
    try:
        folder = run_folder(reports_dir() / (Path(given.source or "demo").stem), given.as_of)
        stems = [path.stem for path in (project_root() / "notebooks").glob("*.ipynb")]
        recipients = load_recipients(known=stems)
        written = write_mails(folder, recipients)
        sent = send_mails(folder, recipients, written) if given.send else []
    except (MailError, ParameterError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    for stem, message in written.items():
        state = "sent" if stem in sent else "sent before" if given.send else "written"
        console.print(f"  {stem:<16} {state:<12} {message['To']}", markup=False)
    console.print(_closing(folder, len(written), len(sent), given.send), soft_wrap=True)
    return 0


def _closing(folder: Path, written: int, sent: int, sending: bool) -> str:
    if sending:
        return f"{sent} of {counted(written, 'mail')} sent; the others went out before."
    where = os.path.relpath(folder / "mail", project_root())
    return f"{counted(written, 'mail')} written to {where}. SEND=1 sends them."


def run_folder(history: Path, as_of: str) -> Path:
    """Folder of the run of that day, or of the latest.

    Raises
    ------
    MailError
        If there is none.
    """
    days = sorted(path.name for path in history.glob("????-??-??") if path.is_dir())
    if as_of and as_of not in days:
        near = f" There are: {', '.join(days[-5:])}." if days else ""
        raise MailError(
            f"{history.name}: no reports as of {as_of}.{near} Run make quarterly-report."
        )
    if not days:
        raise MailError(f"{history.name}: no reports were made yet. Run make quarterly-report.")
    return history / (as_of or days[-1])


def write_mails(folder: Path, recipients: Recipients) -> dict[str, EmailMessage]:
    """Mails of all reports that have readers and are whole, written to ``mail/<stem>.eml``.

    Skipped and stale reports are told of by the overview, failed ones by a mail to the analysts.
    """
    contents = {stem: _content(folder, stem) for stem in recipients.reports}
    messages = {
        stem: report_message(
            content,
            (folder / page_of(stem)).read_text(encoding="utf-8"),
            sender=recipients.sender,
            recipients=recipients.reports[stem],
        )
        for stem, content in contents.items()
        if _is_whole(folder, content) and recipients.reports[stem]
    }
    failed = _failed(folder)
    if failed and recipients.errors:
        messages[ERRORS] = failure_message(
            failed,
            title=folder.parent.name,
            as_of=folder.name,
            sender=recipients.sender,
            recipients=recipients.errors,
        )
    for old in (folder / "mail").glob("*.eml"):
        old.unlink()
    for stem, message in messages.items():
        write_whole(folder / "mail" / f"{stem}.eml", message.as_bytes(), mode=OWNER_ONLY)
    return messages


def _is_whole(folder: Path, content: dict[str, Any]) -> bool:
    return content.get("status") == "ok" and (folder / page_of(content["report"])).exists()


def _content(folder: Path, stem: str) -> dict[str, Any]:
    try:
        return json.loads((folder / f"{stem}.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def _failed(folder: Path) -> list[str]:
    stems = sorted(path.stem for path in folder.glob("*.json"))
    return [stem for stem in stems if _content(folder, stem).get("status") == "failed"]


def send_mails(
    folder: Path, recipients: Recipients, messages: dict[str, EmailMessage]
) -> list[str]:
    """Names of the mails sent now; one that went out before to the same readers is not sent twice.

    Raises
    ------
    MailError
        If addresses are still those of the example file, or the server does not take a mail;
        those sent before that stay noted, so that a second try sends the rest.
    """
    examples = recipients.examples()
    if examples:
        raise MailError(
            f"params/recipients.yaml: {len(examples)} addresses are still examples (first: "
            f"{examples[0]}). Write those of your readers; nothing was sent."
        )
    server, noted, sent = server_from(), _noted(folder), []
    for stem, message in messages.items():
        mark = _mark(message)
        if noted.get(stem, {}).get("mark") == mark:
            continue
        send(message, server)
        at = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        noted[stem] = {"mark": mark, "to": message["To"], "at": at}
        write_json(folder / "mail" / SENT, noted)
        sent.append(stem)
    return sent


def _noted(folder: Path) -> dict[str, Any]:
    return _content(folder / "mail", SENT.removesuffix(".json"))


def _mark(message: EmailMessage) -> str:
    """Hash of what a reader would see, and of who the readers are."""
    parts = [message["Subject"], message["To"]]
    parts += [
        part.get_content() for part in message.walk() if part.get_content_type() == "text/plain"
    ]
    parts += [
        part.get_content() for part in message.walk() if part.get_content_type() == "text/html"
    ]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
