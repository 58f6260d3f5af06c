"""Media: pictures and files into the library, with WordPress's sizes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wirepress.content.newsroom import View
from wirepress.content.viewer import Viewer
from wirepress.model.post import Post


def sideload(
    view: View,
    viewer: Viewer,
    data: bytes,
    name: str,
    *,
    parent: int = 0,
    title: str | None = None,
    alt: str = "",
    caption: str = "",
    description: str = "",
    author: int | None = None,
    meta: Mapping[str, Sequence[Any]] | None = None,
) -> Post:
    """Takes a file into the library (media_handle_sideload): its row, its sizes, its metadata.

    Raises Invalid for what is too big, of no allowed type or not what its name says.
    """
    raise NotImplementedError
