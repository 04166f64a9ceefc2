import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from crm_helpers.mail.recipients import MailError
from crm_helpers.mail.smtp import Server, send, server_from

BASE = {"CRM_SMTP_HOST": "mail.shop.test"}


class Inbox:
    """Keeps what it is handed; refuses one address."""

    def __init__(self) -> None:
        self.mails: list = []

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:  # noqa: N802
        if address.startswith("gone"):
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802
        self.mails.append(envelope)
        return "250 OK"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def started(inbox: Inbox, **options: object) -> Controller:
    controller = Controller(inbox, hostname="127.0.0.1", port=free_port(), **options)
    controller.start()
    return controller


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def plain(inbox: Inbox) -> Iterator[Server]:
    controller = started(inbox)
    yield Server("127.0.0.1", controller.port, security="none", timeout=5)
    controller.stop()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    if not shutil.which("openssl"):
        pytest.skip("openssl is not installed")
    folder = tmp_path_factory.mktemp("certificate")
    key, signed = folder / "key.pem", folder / "signed.pem"
    subprocess.run(
        [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=localhost",
            "-addext",
            "subjectAltName=DNS:localhost,IP:127.0.0.1",
            "-keyout",
            str(key),
            "-out",
            str(signed),
        ],
        check=True,
        capture_output=True,
    )
    return key, signed


@pytest.fixture
def secured(inbox: Inbox, certificate: tuple[Path, Path]) -> Iterator[Server]:
    key, signed = certificate
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(signed, key)

    def check(server, session, envelope, mechanism, given) -> AuthResult:
        is_right = given == LoginPassword(b"crm", b"right")
        return AuthResult(success=is_right, handled=is_right)

    controller = started(
        inbox, tls_context=context, require_starttls=True, authenticator=check, auth_required=True
    )
    yield Server(
        "localhost",
        controller.port,
        user="crm",
        password="right",
        authority=str(signed),
        timeout=5,
    )
    controller.stop()


def message(to: str = "a@shop.test") -> EmailMessage:
    made = EmailMessage()
    made["Subject"], made["From"], made["To"] = "Grüße", "crm@shop.test", to
    made.set_content("Hello")
    return made


def test_a_mail_reaches_a_real_server(inbox: Inbox, plain: Server) -> None:
    send(message(), plain)
    (mail,) = inbox.mails
    assert mail.rcpt_tos == ["a@shop.test"]
    assert b"Hello" in mail.content


def test_a_mail_goes_encrypted_and_with_a_password(inbox: Inbox, secured: Server) -> None:
    send(message(), secured)
    assert len(inbox.mails) == 1


def test_a_wrong_password_is_said_without_the_password(inbox: Inbox, secured: Server) -> None:
    wrong = Server(**{**vars(secured), "password": "hunter2"})
    with pytest.raises(MailError, match="refused the password of crm") as error:
        send(message(), wrong)
    assert "hunter2" not in str(error.value) + repr(wrong)
    assert inbox.mails == []


def test_a_certificate_nobody_vouches_for_stops_the_mail(inbox: Inbox, secured: Server) -> None:
    with pytest.raises(MailError, match="its certificate is not trusted .* Set CRM_SMTP_CA"):
        send(message(), Server(**{**vars(secured), "authority": ""}))
    assert inbox.mails == []


def test_a_server_without_encryption_gets_no_mail(inbox: Inbox, plain: Server) -> None:
    with pytest.raises(MailError, match="Check CRM_SMTP_SECURITY"):
        send(message(), Server(**{**vars(plain), "security": "starttls"}))
    assert inbox.mails == []


def test_a_refused_address_is_named(plain: Server) -> None:
    with pytest.raises(MailError, match="refused gone@shop.test. Check params/recipients.yaml"):
        send(message("gone@shop.test"), plain)


def test_some_refused_addresses_are_named_and_the_others_served(
    inbox: Inbox, plain: Server
) -> None:
    with pytest.raises(MailError, match="refused gone@shop.test; the others got the mail"):
        send(message("a@shop.test, gone@shop.test"), plain)
    assert inbox.mails[0].rcpt_tos == ["a@shop.test"]


def test_a_server_that_is_not_there_is_named() -> None:
    port = free_port()
    with pytest.raises(MailError, match=f"mail server 127.0.0.1:{port}: can't be reached"):
        send(message(), Server("127.0.0.1", port, security="none", timeout=2))


def test_the_server_is_read_from_the_environment() -> None:
    server = server_from({**BASE, "CRM_SMTP_PORT": "2525", "CRM_SMTP_USER": "u", "PATH": "/"})
    assert (server.host, server.port, server.user, server.security, server.timeout) == (
        "mail.shop.test",
        2525,
        "u",
        "starttls",
        30.0,
    )


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ({"CRM_SMTP_HOST": ""}, "CRM_SMTP_HOST: is not set"),
        ({"CRM_SMTP_SECURITY": "ssl"}, "'ssl' is not one of starttls, tls, none"),
        ({"CRM_SMTP_SECURITY": "none"}, "would send reports to mail.shop.test in clear text"),
        ({"CRM_SMTP_PORT": "mail"}, "CRM_SMTP_PORT: 'mail' is no whole number"),
        ({"CRM_SMTP_TIMEOUT": "0"}, "CRM_SMTP_TIMEOUT: '0' is no whole number from 1"),
    ],
)
def test_a_setting_that_cannot_be_is_refused(setting: dict[str, str], said: str) -> None:
    with pytest.raises(MailError, match=said):
        server_from({**BASE, **setting})
