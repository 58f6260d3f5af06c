"""Mail: the port, and its two ways out: into the log, or to an SMTP server."""

from __future__ import annotations

import logging
import smtplib
import ssl
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import make_msgid
from typing import Protocol
from urllib.parse import unquote, urlsplit

from wirepress.model.errors import Invalid, Unavailable
from wirepress.model.mail import Mail

logger = logging.getLogger("wirepress.mail")

SECONDS = 20.0
_PORTS = {"smtp": 587, "smtps": 465}


class Mailer(Protocol):
    """What sends mail; raises Unavailable when it cannot."""

    def send(self, mail: Mail) -> None: ...


class LoggedMail:
    """Writes mails into the log, links and all: for sites whose keeper reads it."""

    def send(self, mail: Mail) -> None:
        logger.info("mail to %s: %s\n%s", mail.to, mail.subject, mail.text)


class SmtpMail:
    """Hands mails to a server: `smtp://user:password@host:587` (STARTTLS, but on loopback) or `smtps://...`."""

    def __init__(self, url: str, sender: str) -> None:
        parts = urlsplit(url)
        try:
            self.port = parts.port or _PORTS[parts.scheme]
        except (KeyError, ValueError):
            raise Invalid("bad_setting", "mail is neither `log` nor smtp://host or smtps://host") from None
        if not parts.hostname:
            raise Invalid("bad_setting", "mail names no host")
        self.host = parts.hostname
        self.tls = parts.scheme == "smtps"
        self.login = unquote(parts.username or ""), unquote(parts.password or "")
        self.sender = sender

    def send(self, mail: Mail) -> None:
        message = message_of(mail, self.sender)
        try:
            with self._connection() as server:
                if not self.tls and self.host not in ("localhost", "127.0.0.1", "::1"):
                    server.starttls(context=ssl.create_default_context())
                if self.login[0]:
                    server.login(*self.login)
                server.send_message(message)
        except (OSError, smtplib.SMTPException) as error:
            raise Unavailable("mail", f"{self.host} does not take the mail: {error}") from None

    def _connection(self) -> smtplib.SMTP:
        if self.tls:
            return smtplib.SMTP_SSL(self.host, self.port, timeout=SECONDS, context=ssl.create_default_context())
        return smtplib.SMTP(self.host, self.port, timeout=SECONDS)


def leaves(setting: str) -> bool:
    """Whether mails leave the server by a setting; else they come into its log."""
    return setting not in ("", "log")


def mailer_of(setting: str, sender: str) -> Mailer:
    """The way out that a setting names.  Raises Invalid for none."""
    return SmtpMail(setting, sender) if leaves(setting) else LoggedMail()


def message_of(mail: Mail, sender: str) -> EmailMessage:
    """The mail as it is sent.  Raises Invalid for addresses and subjects that would be more than one line."""
    message = EmailMessage()
    try:
        message["To"] = Address(addr_spec=mail.to)
        message["From"] = sender
        message["Subject"] = mail.subject
    except (ValueError, IndexError) as error:
        raise Invalid("bad_mail", f"this cannot be mailed: {error}") from None
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2].strip("> ") or None)
    message.set_content(mail.text)
    return message
