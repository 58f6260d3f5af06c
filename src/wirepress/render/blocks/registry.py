"""The table of dynamic blocks: those whose HTML is made when they are rendered."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from wirepress.render.blocks.parse import Block
from wirepress.render.scene import Scene

DYNAMIC: Mapping[str, Callable[[Block, Scene], str]] = {}
