"""The kinds of WordPress's core against its own recorded answers (registry.json: context=edit as an administrator)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from wirepress.content.registry.core import CORE

RECORDED: dict[str, dict[str, Any]] = json.loads((Path(__file__).parent / "registry.json").read_text())


def as_json(value: object) -> Any:
    return json.loads(json.dumps(value, default=dict))


def test_types_are_those_recorded_in_their_order() -> None:
    served = [kind for kind in CORE.types.values() if kind.show_in_rest]
    assert [kind.name for kind in served] == list(RECORDED["types"])
    for kind in served:
        recorded = RECORDED["types"][kind.name]
        assert list(kind.capabilities.items()) == list(recorded["capabilities"].items())
        assert list(kind.labels) == recorded["labels"]
        assert as_json(list(kind.supports.items())) == as_json(list(recorded["supports"].items()))
        ours = {
            "description": kind.description,
            "hierarchical": kind.hierarchical,
            "has_archive": kind.has_archive,
            "visibility": {"show_in_nav_menus": kind.show_in_nav_menus, "show_ui": kind.show_ui},
            "viewable": kind.viewable,
            "name": kind.label,
            "slug": kind.name,
            "icon": kind.icon,
            "taxonomies": list(kind.taxonomies),
            "rest_base": kind.rest_base,
            "rest_namespace": kind.rest_namespace,
            "template": list(kind.template),
            "template_lock": kind.template_lock,
        }
        assert ours == {name: recorded[name] for name in ours}


def test_taxonomies_are_those_recorded_in_their_order() -> None:
    served = [kind for kind in CORE.taxonomies.values() if kind.show_in_rest]
    assert [kind.name for kind in served] == list(RECORDED["taxonomies"])
    for kind in served:
        recorded = RECORDED["taxonomies"][kind.name]
        assert list(kind.labels) == recorded["labels"]
        ours = {
            "name": kind.label,
            "slug": kind.name,
            "capabilities": dict(kind.capabilities),
            "description": kind.description,
            "types": list(kind.types),
            "show_cloud": kind.show_cloud,
            "hierarchical": kind.hierarchical,
            "rest_base": kind.rest_base,
            "rest_namespace": kind.rest_namespace,
            "visibility": {
                "public": kind.public,
                "publicly_queryable": kind.publicly_queryable,
                "show_admin_column": kind.show_admin_column,
                "show_in_nav_menus": kind.show_in_nav_menus,
                "show_in_quick_edit": kind.show_in_quick_edit,
                "show_ui": kind.show_ui,
            },
        }
        assert ours == {name: recorded[name] for name in ours}


def test_statuses_are_those_recorded() -> None:
    for name, recorded in RECORDED["statuses"].items():
        status = CORE.statuses[name]
        assert recorded == {
            "name": status.label,
            "private": status.private,
            "protected": status.protected,
            "public": status.public,
            "queryable": status.queryable,
            "show_in_list": status.show_in_list,
            "slug": status.name,
            "date_floating": status.date_floating,
        }


def test_posts_have_three_taxonomies() -> None:
    assert [kind.name for kind in CORE.taxonomies_of("post")] == ["category", "post_tag", "post_format"]
