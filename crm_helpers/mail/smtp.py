"""SMTP settings from the environment -> messages handed to the server, encrypted."""

import os
import smtplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import EmailMessage

from crm_helpers.mail.recipients import MailError

LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class Server:
    """A mail server and how to speak to it."""

    host: str
    port: int = 587
    user: str = ""
    password: str = field(default="", repr=False)
    security: str = "starttls"
    authority: str = ""
    timeout: float = 30.0


def server_from(environment: Mapping[str, str] = os.environ) -> Server:
    """Return the server that the environment names.

    CRM_SMTP_HOST is required. CRM_SMTP_PORT (587), CRM_SMTP_USER, CRM_SMTP_PASSWORD,
    CRM_SMTP_SECURITY (starttls, tls; none on this machine alone), CRM_SMTP_CA (file of the
    authority that signed the server's certificate) and CRM_SMTP_TIMEOUT (30 seconds) may be set.

    Raises
    ------
    MailError
        If the host is missing, a number is none, or mail would leave the machine in clear text.
    """
    given = {k.removeprefix("CRM_SMTP_"): v for k, v in environment.items() if v}
    host, security = given.get("HOST", ""), given.get("SECURITY", "starttls")
    if not host:
        raise MailError(
            "CRM_SMTP_HOST: is not set, so no mail can be sent. Set it to the name of the mail "
            "server, with CRM_SMTP_USER and CRM_SMTP_PASSWORD, or leave SEND=1 out."
        )
    if security not in ("starttls", "tls", "none"):
        raise MailError(f"CRM_SMTP_SECURITY: '{security}' is not one of starttls, tls, none.")
    if security == "none" and host not in LOOPBACK:
        raise MailError(
            f"CRM_SMTP_SECURITY: none would send reports to {host} in clear text. Use starttls "
            "or tls; none is for a server on this machine."
        )
    return Server(
        host=host,
        port=int(_number(given, "PORT", "587")),
        user=given.get("USER", ""),
        password=given.get("PASSWORD", ""),
        security=security,
        authority=given.get("CA", ""),
        timeout=_number(given, "TIMEOUT", "30"),
    )


def _number(given: Mapping[str, str], name: str, default: str) -> float:
    text = given.get(name, default)
    if not text.isdigit() or int(text) == 0:
        raise MailError(f"CRM_SMTP_{name}: '{text}' is no whole number from 1. Write {default}.")
    return float(text)


def send(message: EmailMessage, server: Server) -> None:
    """Hand one message to the server.

    Raises
    ------
    MailError
        If the server can't be reached, offers no encryption, refuses the password or somebody's
        address. The password is in no message.
    """
    try:
        with _connection(server) as connection:
            if server.user:
                connection.login(server.user, server.password)
            refused = connection.send_message(message)
    except smtplib.SMTPException as error:
        raise MailError(_refusal(error, server)) from None
    except ssl.SSLError as error:
        raise MailError(
            f"{_at(server)}: its certificate is not trusted ({error.reason or error}). Set "
            "CRM_SMTP_CA to the file of the authority that signed it."
        ) from None
    except OSError as error:
        raise MailError(
            f"{_at(server)}: can't be reached ({error.strerror or error}). Check CRM_SMTP_HOST "
            "and CRM_SMTP_PORT."
        ) from None
    if refused:
        raise MailError(f"{_at(server)}: refused {', '.join(refused)}; the others got the mail.")


def _connection(server: Server) -> smtplib.SMTP:
    context = ssl.create_default_context(cafile=server.authority or None)
    where = {"host": server.host, "port": server.port, "timeout": server.timeout}
    if server.security == "tls":
        return smtplib.SMTP_SSL(context=context, **where)
    connection = smtplib.SMTP(**where)
    if server.security == "starttls":
        try:
            connection.starttls(context=context)
        except BaseException:
            connection.close()
            raise
    return connection


def _at(server: Server) -> str:
    return f"mail server {server.host}:{server.port}"


def _refusal(error: smtplib.SMTPException, server: Server) -> str:
    at = _at(server)
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return f"{at}: refused the password of {server.user} ({error.smtp_code}). Check it."
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return f"{at}: offers no such thing ({error}). Check CRM_SMTP_SECURITY and CRM_SMTP_PORT."
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return f"{at}: refused {', '.join(error.recipients)}. Check params/recipients.yaml."
    return f"{at}: did not take the mail ({type(error).__name__}). Try again later."
