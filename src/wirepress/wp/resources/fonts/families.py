"""Families of fonts (WP_REST_Font_Families_Controller)."""

from __future__ import annotations

from typing import Any

from wirepress.content import fonts
from wirepress.model.post import Post
from wirepress.model.query import PostQuery
from wirepress.wp import schema as s
from wirepress.wp.call import Call
from wirepress.wp.catalog import Catalog
from wirepress.wp.collection import FORCE, IDS, SLUGS, need_force
from wirepress.wp.declaration import ALL, Field, Link, Page, Param, Rules, Target, To, Verbs, Write
from wirepress.wp.endpoints import routes_of
from wirepress.wp.resource import Resource
from wirepress.wp.resources.fonts import library, settings
from wirepress.wp.routes import Route


class FacesOfFamilies(dict[int, list[int]]):
    """The ids of families' faces, by family."""


def faces_of(family: Post, call: Call) -> list[int]:
    """The ids of a family's faces."""
    known = call.fetched.of(FacesOfFamilies)
    if family.id not in known:
        known |= fonts.faces_of(call.view, (family.id,))
    return known[family.id]


def _face_links(family: Post, call: Call) -> list[To]:
    route = f"{call.api}{library.ROUTE}/{family.id}/font-faces"
    return [To(f"{route}/{face}", {"embeddable": True}, Target("font face", face)) for face in faces_of(family, call)]


def find(call: Call) -> Post:
    return library.font(call, fonts.FAMILY)


def page(call: Call) -> Page[Post]:
    found = library.page(call, PostQuery(types=(fonts.FAMILY,), slugs=call.strings("slug")))
    call.fetched.of(FacesOfFamilies).update(fonts.faces_of(call.view, [family.id for family in found.items]))
    return found


def create(call: Call, given: dict[str, Any]) -> Post:
    return fonts.keep_family(call.view, call.viewer, given["font_family_settings"])


def update(call: Call, family: Post, given: dict[str, Any]) -> Post:
    kept = {**fonts.family_settings(family), **given["font_family_settings"]}
    return fonts.keep_family(call.view, call.viewer, kept, family)


def delete(call: Call, family: Post) -> None:
    need_force(call, library.NO_TRASH)
    fonts.delete_family(call.view, family.id)


FAMILIES: Resource[Post] = Resource(
    name="wp_font_family",
    route=library.ROUTE,
    key_schema=s.integer(),
    fields=(
        library.ID,
        library.VERSION,
        Field("font_faces", s.of("array"), ALL, faces_of, readonly=False, tail={"items": IDS}),
        Field("font_family_settings", s.mapping(), ALL, lambda family, _: fonts.family_settings(family), Write(),
              tail=settings.FAMILY),
    ),
    rules=Rules(*map(library.rule, ("read", "read", "create", "edit", "delete"))),
    find=find,
    page=page,
    version_of=None,
    params=(*library.PARAMS, SLUGS),
    args={
        "create": (library.VERSION_PARAM, settings.family_param(creating=True)),
        "edit": (Param("id", s.integer()), library.VERSION_PARAM, settings.family_param(creating=False)),
    },
    delete_params=(FORCE,),
    past_end=library.PAST_END,
    links=(
        Link("self", library.ROUTE + "/{id}", hints=True),
        Link("collection", library.ROUTE),
        Link("font_faces", _face_links),
    ),
    documented=False,
    verbs=Verbs(dict, create, update, delete),
)  # fmt: skip


def routes(catalog: Catalog) -> tuple[Route, ...]:
    """Families and each of them."""
    return routes_of(catalog.documents, FAMILIES)
