"""The faces of a family of fonts (WP_REST_Font_Faces_Controller)."""

from __future__ import annotations

from typing import Any

from wirepress.content import fonts
from wirepress.model.errors import Invalid
from wirepress.model.post import Post
from wirepress.model.query import PostQuery
from wirepress.wp import schema as s
from wirepress.wp.call import Call
from wirepress.wp.catalog import Catalog
from wirepress.wp.collection import FORCE, need_force
from wirepress.wp.declaration import ALL, Field, Link, Page, Param, Permission, Rules, To, Verbs, Write
from wirepress.wp.endpoints import routes_of
from wirepress.wp.errors import WireError, missing
from wirepress.wp.resource import Resource
from wirepress.wp.resources.fonts import library, settings
from wirepress.wp.routes import Route

ROUTE = rf"{library.ROUTE}/(?P<font_family_id>[\d]+)/font-faces"
PARENT = Param("font_family_id", s.integer(), required=True)


def shown_settings(face: Post, _: Call) -> dict[str, Any]:
    """What a face says of itself, of what WordPress knows."""
    known = settings.FACE["properties"]
    return {name: value for name, value in fonts.face_settings(face).items() if name in known}


def family_of(call: Call) -> Post:
    """The family that the route names.  Raises where there is none."""
    post = call.view.lookup.post(call.integer("font_family_id"))
    if post is None or post.type != fonts.FAMILY:
        raise missing("rest_post_invalid_parent", "There is no such font family.")
    return post


def find(call: Call) -> Post:
    """The face of a call.  Raises where there is none, or where it is another family's."""
    face = library.font(call, fonts.FACE)
    if face.parent != family_of(call).id:
        raise WireError("rest_font_face_parent_id_mismatch", "This face is another family's.", 404)
    return face


def _asked(verb: str) -> Permission:
    """The rule of a face, asked before its family is looked for."""

    def permission(call: Call) -> None:
        library.rule(verb)(call, library.font(call, fonts.FACE))

    return permission


def page(call: Call) -> Page[Post]:
    return library.page(call, PostQuery(types=(fonts.FACE,), parents=(family_of(call).id,)))


def create(call: Call, given: dict[str, Any]) -> Post:
    family = family_of(call)
    return fonts.keep_face(call.view, call.viewer, family, given["font_face_settings"], _checked_files(call))


def _checked_files(call: Call) -> dict[str, fonts.FontFile]:
    sent = settings.files_of(call)
    try:
        return {field: fonts.checked_file(*file, call.site.locale) for field, file in sent.items()}
    except Invalid as error:
        if error.code == "font_type":
            raise WireError("rest_font_upload_invalid_file_type", error.message, 400) from error
        raise WireError("rest_font_upload_unknown_error", error.message, 500) from error


def delete(call: Call, face: Post) -> None:
    need_force(call, library.NO_TRASH)
    fonts.delete_face(call.view, face.id)


def _family_route(face: Post, call: Call) -> str:
    return f"{call.api}{library.ROUTE}/{face.parent}"


FACES: Resource[Post] = Resource(
    name="wp_font_face",
    route=ROUTE,
    parents=(PARENT,),
    # WordPress names a new face by the pattern of its route, and clients read its id from the end.
    at=lambda _: ROUTE,
    key_schema=s.integer(required=True),
    fields=(
        library.ID,
        library.VERSION,
        Field("parent", s.integer(), ALL, readonly=False),
        Field("font_face_settings", s.mapping(), ALL, shown_settings, Write(), tail=settings.FACE),
    ),
    rules=Rules(library.rule("read"), library.rule("read"), library.rule("create"), None, library.rule("delete")),
    asks={verb: _asked(verb) for verb in ("read", "delete")},
    find=find,
    page=page,
    version_of=None,
    params=library.PARAMS,
    args={"create": (PARENT, library.VERSION_PARAM, settings.FACE_PARAM)},
    delete_params=(FORCE,),
    past_end=library.PAST_END,
    links=(
        Link("self", lambda face, call: To(f"{_family_route(face, call)}/font-faces/{face.id}"), hints=True),
        Link("collection", lambda face, call: To(f"{_family_route(face, call)}/font-faces")),
        Link("parent", library.ROUTE + "/{parent}"),
    ),
    documented=False,
    verbs=Verbs(dict, create, delete=delete),
)


def routes(catalog: Catalog) -> tuple[Route, ...]:
    """The faces of families and each of them."""
    return routes_of(catalog.documents, FACES)
