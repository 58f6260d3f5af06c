"""The parameters of a call on their way from what was sent to what was checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wirepress.wp import fields
from wirepress.wp.call import Call, Checked
from wirepress.wp.errors import WireError
from wirepress.wp.params import body_of, check_eager, cleaned, gathered, overlong, refuse, require
from wirepress.wp.routes import Endpoint

CONTEXTS = frozenset({"view", "edit", "embed"})
UNKNOWN = "unknown"
"""Any other context, where a route does not check it: it shows what all contexts show."""


class Intake:
    """`call` is the call as far as its parameters have come: where they are refused, the answer's Allow is worked out
    of what there was by then, as in WordPress."""

    def __init__(self, call: Call) -> None:
        self.call = call

    def read(self, endpoint: Endpoint, method: str, variables: Mapping[str, Any], path: Mapping[str, str]) -> None:
        """Takes the parameters of a request; raises where its body cannot be read, and as `take` does."""
        try:
            body = body_of(self.call.request, method)
        except WireError:
            params = gathered(endpoint.declared.defaults, {}, variables, path)
            self.call = self.call.with_checked(Checked(params, variables))
            raise
        self.take(endpoint, variables, body, path)

    def take(
        self, endpoint: Endpoint, variables: Mapping[str, Any], body: Mapping[str, Any], path: Mapping[str, str]
    ) -> None:  # fmt: skip
        """Takes the parameters of the query, the body and the path; raises `rest_invalid_param` and its like."""
        declared = endpoint.declared
        params = gathered(declared.defaults, body, variables, path)
        if "GET" in endpoint.methods and (flaws := overlong(declared, params)):
            params = {name: value for name, value in params.items() if name not in flaws}
            self.call = self.call.with_checked(Checked(params, variables))
            refuse(flaws)
        self.call = self.call.with_checked(Checked(params, variables))
        require(declared, params)
        sent = declared.sent(params)
        check_eager(self.call, sent)
        params, flaws = cleaned(self.call, declared, sent, params, (body, variables, path))
        if flaws:
            self.call = self.call.with_checked(Checked(params, variables))
            refuse(flaws)
        query = {name: params.get(name, value) for name, value in variables.items()}
        self.call = self.call.with_checked(focused(params, query))


def focused(params: Mapping[str, Any], query: Mapping[str, Any]) -> Checked:
    """Parameters with what they say of the context and the fields."""
    context = params.get("context")
    if not isinstance(context, str) or not context:
        context = "view"
    elif context not in CONTEXTS:
        context = UNKNOWN
    return Checked(params, query, fields.listed(params.get("_fields")), context)
