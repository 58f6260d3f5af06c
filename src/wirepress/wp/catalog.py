"""The resources that a site's types and taxonomies make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wirepress.model.registry import Registry
from wirepress.wp.documents import Documents
from wirepress.wp.resource import Resource


@dataclass(frozen=True, slots=True)
class Catalog:
    """What the resources of a site are made of, and those that other resources build on: posts by type, terms by
    taxonomy."""

    registry: Registry
    documents: Documents
    posts: Mapping[str, Resource[Any]]
    terms: Mapping[str, Resource[Any]]
