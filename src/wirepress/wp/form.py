"""What a form or a link of the login pages asks: its variables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wirepress.model.web import Request
from wirepress.web.forms import form_of
from wirepress.wp import query
from wirepress.wp.multipart import values_of
from wirepress.wp.params import content_type


@dataclass(frozen=True, slots=True)
class Variables:
    """The variables of a request: those of its form before those of its query (PHP's $_REQUEST)."""

    sent: Mapping[str, Any]
    asked: Mapping[str, Any]

    @classmethod
    def of(cls, request: Request) -> Variables:
        kind, sent = content_type(request), dict[str, Any]()
        if request.method == "POST" and kind in {"application/x-www-form-urlencoded", ""}:
            sent = query.of_form(request.body)
        elif request.method == "POST" and kind == "multipart/form-data" and (form := form_of(request)) is not None:
            sent = values_of(form)
        return cls(sent, query.parse(request.query))

    def __contains__(self, name: str) -> bool:
        return name in self.sent or name in self.asked

    def text(self, name: str) -> str:
        """A variable that is a text, "" when it is none."""
        value = self.sent.get(name, self.asked.get(name, ""))
        if isinstance(value, str):
            return value
        return ""

    def posted(self, name: str) -> str:
        """A variable of the form; secrets are never taken from an address."""
        value = self.sent.get(name, "")
        if isinstance(value, str):
            return value
        return ""
