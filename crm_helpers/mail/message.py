"""A report's page and numbers -> a mail: three sentences as text, the page with charts as parts."""

import base64
import datetime as dt
import re
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from pathlib import Path
from typing import Any

import css_inline
from bs4 import BeautifulSoup

from crm_helpers.mail.recipients import domain

STYLE = Path(__file__).with_name("mail.css")
LONGEST_SUBJECT = 150


def report_message(
    content: dict[str, Any], page: str, *, sender: str, recipients: list[str]
) -> EmailMessage:
    """Mail of one report.

    Parameters
    ----------
    content : dict
        The report's JSON: title, summary, key_figures, as_of, source_title.
    page : str
        Its HTML page; charts become attachments that the text refers to, because most mail
        programs show no picture that stands inside the text.
    sender : str
    recipients : list of str
    """
    message = _envelope(subject_of(content), sender, recipients)
    message.set_content(plain_text(content))
    html, pictures = mail_html(page, f"{content['report']}.{domain(sender)}")
    message.add_alternative(html, subtype="html")
    body = message.get_payload()[1]
    for number, (cid, picture) in enumerate(pictures.items(), 1):
        name = f"{content['report']}-{number}.png"
        body.add_related(
            picture, "image", "png", cid=f"<{cid}>", filename=name, disposition="inline"
        )
    return message


def failure_message(
    failed: list[str], *, title: str, as_of: str, sender: str, recipients: list[str]
) -> EmailMessage:
    """Mail to the analysts: which reports failed.

    Why stays on the page: an error can name a row, and a row a person.
    """
    count = f"{len(failed)} report{'s' if len(failed) > 1 else ''} failed"
    message = _envelope(_one_line(f"{count}: {', '.join(failed)} ({as_of})"), sender, recipients)
    lines = [
        f"{title}, as of {as_of}",
        "",
        *(f"{stem}: see {stem}.failed.html in the reports folder" for stem in failed),
    ]
    message.set_content("\n".join([*lines, "", "The other reports are not affected."]) + "\n")
    return message


def _envelope(subject: str, sender: str, recipients: list[str]) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["Subject"] = subject
    message["From"] = sender
    message["To"] = ", ".join(recipients)
    message["Date"] = format_datetime(dt.datetime.now(dt.UTC))
    message["Message-ID"] = make_msgid(domain=domain(sender))
    # Keeps absence notices from answering.
    message["Auto-Submitted"] = "auto-generated"
    return message


def subject_of(content: dict[str, Any]) -> str:
    """First sentence of the summary, and the day it holds for."""
    first = content["summary"][0].rstrip(".")
    return _one_line(first, keep=f" · as of {content['as_of']}")


def _one_line(text: str, keep: str = "") -> str:
    # A line break in a subject would begin another header.
    text = re.sub(r"\s+", " ", text).strip()
    room = LONGEST_SUBJECT - len(keep)
    if len(text) > room:
        text = text[: room - 1].rsplit(" ", 1)[0] + "…"
    return text + keep


def page_of(stem: str) -> str:
    """File name of a report's page: the overview is the index of its folder."""
    return "index.html" if stem == "overview" else f"{stem}.html"


def plain_text(content: dict[str, Any]) -> str:
    """The same three sentences and the key figures, for programs that show no HTML."""
    figures = [f"{f['label']}: {f['value']}" for f in content.get("key_figures", [])]
    example = content.get("examples", {}).get("words", "")
    parts = [
        content["title"],
        f"{content.get('source_title', content['source'])}, as of {content['as_of']}",
        "",
        *content["summary"],
        *([""] + figures if figures else []),
        *(["", example] if example else []),
        "",
        f"The page with charts and evidence is {page_of(content['report'])} in the reports folder.",
    ]
    return "\n".join(parts).replace("\u00a0", " ") + "\n"


def mail_html(page: str, domain_of_parts: str) -> tuple[str, dict[str, bytes]]:
    """HTML with inlined styles, and the pictures it shows by their content id.

    Parameters
    ----------
    page : str
        HTML of the report.
    domain_of_parts : str
        Right side of the content ids.
    """
    soup = BeautifulSoup(page, "html.parser")
    pictures = _as_parts(soup, domain_of_parts)
    for link in soup.select("a"):
        # Other pages and places on the page are out of reach in a mail.
        link.unwrap()
    for first in soup.select(".summary p:first-of-type"):
        first["class"] = "lead-sentence"
    inside = "".join(str(part) for part in soup.select(".page > header, .page > main"))
    title = soup.title.string if soup.title else "Report"
    style = STYLE.read_text(encoding="utf-8")
    whole = (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{_text(title)}</title>'
        f'<style>{style}</style></head><body><div class="mail">{inside}</div></body></html>'
    )
    inliner = css_inline.CSSInliner(keep_style_tags=False, load_remote_stylesheets=False)
    return inliner.inline(whole), pictures


def _as_parts(soup: BeautifulSoup, domain_of_parts: str) -> dict[str, bytes]:
    pictures = {}
    for number, image in enumerate(soup.select("img"), 1):
        cid = f"chart-{number}@{domain_of_parts}"
        pictures[cid] = base64.b64decode(image["src"].partition("base64,")[2])
        image["src"] = f"cid:{cid}"
        # Outlook for Windows reads the width from the attribute alone.
        image["width"] = "608"
    return pictures


def _text(title: str) -> str:
    return str(BeautifulSoup("", "html.parser").new_string(title or "").output_ready())
