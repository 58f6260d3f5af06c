"""Forms of the type multipart/form-data as the API takes them."""

from __future__ import annotations

from typing import Any

from wirepress.web.forms import Form
from wirepress.wp import query


def values_of(form: Form) -> dict[str, Any]:
    """The fields as PHP takes them: `name[]` and `name[key]` make lists and objects."""
    return query.of_pairs(form.fields)
