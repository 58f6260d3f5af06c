"""Logs: one JSON object a line when nobody looks at a terminal, plain lines otherwise."""

from __future__ import annotations

import contextlib
import json
import logging
import sys
from contextvars import ContextVar
from datetime import UTC, datetime

from wirepress.model.characters import visible

request_id: ContextVar[str] = ContextVar("request_id", default="")


class JsonLines(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "name": record.name,
            "message": record.getMessage(),
        }
        if request := request_id.get():
            line["request"] = request
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


class Lines(logging.Formatter):
    """Records as lines for a terminal, which obeys nothing of what feeds and readers wrote."""

    def format(self, record: logging.LogRecord) -> str:
        return visible(super().format(record))


class StandardError(logging.Handler):
    """Writes to what standard error is at the moment: whoever took its place may have closed what was there before."""

    def emit(self, record: logging.LogRecord) -> None:
        with contextlib.suppress(OSError, ValueError):  # there is nowhere else to say that it is closed
            sys.stderr.write(self.format(record) + "\n")
            sys.stderr.flush()


def configure(level: int = logging.INFO) -> None:
    """Sends the process's logs to standard error."""
    handler = StandardError()
    plain = Lines("%(levelname)s %(name)s: %(message)s")
    handler.setFormatter(plain if sys.stderr.isatty() else JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
