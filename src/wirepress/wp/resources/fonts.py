"""The Font Library: families and their faces (WP_REST_Font_Families_Controller, WP_REST_Font_Faces_Controller)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from math import ceil
from typing import Any
from urllib.parse import urlsplit

from wirepress.content.posts import reading
from wirepress.content.themes import fonts
from wirepress.model.errors import Conflict, Invalid
from wirepress.model.post import Post
from wirepress.model.query import PostQuery
from wirepress.render.slugs import slug as slug_of
from wirepress.render.strip import clean_line
from wirepress.render.urls import clean_url
from wirepress.store import posts as store
from wirepress.wp import headers
from wirepress.wp.call import Call
from wirepress.wp.errors import WireError, denied, missing
from wirepress.wp.multipart import form_of
from wirepress.wp.params import Refused
from wirepress.wp.resources.answers import Answer, Answers, Change, Json, item, own, to
from wirepress.wp.resources.unserved import schema_of
from wirepress.wp.result import Result
from wirepress.wp.upload import basename
from wirepress.wp.validation import Flaw, check
from wirepress.wp.values import to_bool

FAMILIES = "/wp/v2/font-families"
FAMILY = rf"{FAMILIES}/(?P<id>[\d]+)"
FACES = rf"{FAMILIES}/(?P<font_family_id>[\d]+)/font-faces"
FACE = rf"{FACES}/(?P<id>[\d]+)"
_VERSION = 3
"""The newest version of theme.json that settings are told in."""
Settings = dict[str, Any]


# ---- who may


def _allowed(call: Call, code: str) -> None:
    if not call.viewer.can("edit_theme_options"):
        raise denied(code, "You may not do this with fonts.", call.logged_in)


def _permission(code: str, find: Callable[[Call], Post] | None = None) -> Callable[[Call], None]:
    """Who may do what `code` refuses: with an item, WordPress looks for that first."""

    def permission(call: Call) -> None:
        if find is not None:
            find(call)
        _allowed(call, code)

    return permission


def _item(call: Call, post_type: str) -> Post:
    post = call.view.lookup.post(call.integer("id"))
    if post is None or post.type != post_type:
        raise missing("rest_post_invalid_id", "There is no such font.")
    return post


def _family(call: Call) -> Post:
    return _item(call, fonts.FAMILY)


def _face(call: Call) -> Post:
    return _item(call, fonts.FACE)


def _parent(call: Call) -> Post:
    post = call.view.lookup.post(call.integer("font_family_id"))
    if post is None or post.type != fonts.FAMILY:
        raise missing("rest_post_invalid_parent", "There is no such font family.")
    return post


def _own_face(call: Call) -> Post:
    face, family = _face(call), _parent(call)
    if face.parent != family.id:
        raise WireError("rest_font_face_parent_id_mismatch", "This face is another family's.", 404)
    return face


# ---- what is shown


def _shown_family(call: Call, post: Post, *, linked: bool = True) -> Json:
    return _family_with(call, post, fonts.faces_of(call.view, (post.id,))[post.id], listed=False, linked=linked)


def _family_with(call: Call, post: Post, dispatcher: Sequence[int], *, listed: bool, linked: bool = True) -> Json:
    value = {
        "id": post.id,
        "theme_json_version": _VERSION,
        "font_faces": list(dispatcher),
        "font_family_settings": fonts.family_settings(post),
    }
    route = f"{FAMILIES}/{post.id}"
    links: dict[str, Any] = {"self": own(call, route, _methods(call)), "collection": to(call, FAMILIES)}
    if dispatcher:
        links["font_faces"] = [to(call, f"{route}/font-faces/{face}", embeddable=True)[0] for face in dispatcher]
    return item(call, value, schema_of(FAMILIES), links if linked else None, listed=listed)


def _shown_face(call: Call, post: Post, *, listed: bool = False, linked: bool = True) -> Json:
    schema = schema_of(FACES)
    known = schema["properties"]["font_face_settings"]["properties"]
    settings = {name: said for name, said in fonts.face_settings(post).items() if name in known}
    value = {"id": post.id, "theme_json_version": _VERSION, "parent": post.parent, "font_face_settings": settings}
    above = f"{FAMILIES}/{post.parent}"
    links = {
        "self": own(call, f"{above}/font-faces/{post.id}", ("GET", "DELETE")),
        "collection": to(call, f"{above}/font-faces"),
        "parent": to(call, above),
    }
    return item(call, value, schema, links if linked else None, listed=listed)


def _methods(call: Call) -> Sequence[str]:
    return ("GET", "POST", "PUT", "PATCH", "DELETE") if call.viewer.can("edit_theme_options") else ("GET",)


def _browse(
    call: Call, query: PostQuery, route: str, shown: Callable[[Call, Sequence[Post]], list[Json]]
) -> Result:  # fmt: skip
    """The page of fonts that is asked for."""
    params = call.params
    orderby = str(params.get("orderby") or "id")
    if orderby == "include" and not params.get("include"):
        raise WireError("rest_orderby_include_missing_include", "To sort by include, it has to be given.", 400)
    page, size = call.page, call.per_page
    query = replace(
        query,
        page=page,
        per_page=size,
        offset=None if params.get("offset") is None else call.integer("offset"),
        orderby=orderby,
        order=call.order,
        include=call.integers("include"),
        exclude=call.integers("exclude"),
    )
    found = reading.browse(call.view, call.viewer, query)
    if found.total and page > ceil(found.total / size):
        raise WireError("rest_post_invalid_page_number", "There are not that many pages.", 400)
    kept = store.load(call.view.unit, found.ids)
    result = Result(value=[] if call.head else shown(call, [kept[number] for number in found.ids]))
    headers.paging(call, result, route, found.total, size, page)
    return result


def _families(call: Call) -> Result:
    def shown(call: Call, found: Sequence[Post]) -> list[Json]:
        dispatcher = fonts.faces_of(call.view, [post.id for post in found])
        return [_family_with(call, post, dispatcher[post.id], listed=True) for post in found]

    return _browse(call, PostQuery(types=(fonts.FAMILY,), slugs=call.strings("slug")), FAMILIES, shown)


def _faces(call: Call) -> Result:
    family = _parent(call)

    def shown(call: Call, found: Sequence[Post]) -> list[Json]:
        return [_shown_face(call, post, listed=True) for post in found]

    query = PostQuery(types=(fonts.FACE,), parents=(family.id,))
    return _browse(call, query, f"{FAMILIES}/{family.id}/font-faces", shown)


# ---- what is sent


def _refused(message: str) -> Refused:
    return Refused(Flaw("rest_invalid_param", message, {"status": 400}))


def _settings(value: Any, name: str, schema: Mapping[str, Any]) -> Settings:
    """The settings that were sent as a text of JSON, which come with files in a form."""
    try:
        said = json.loads(value) if isinstance(value, str) else None
    except (ValueError, RecursionError):
        said = None
    if said is None:
        raise _refused(f"{name} has to be a text of JSON.")
    if (flaw := check(said, schema, name)) is not None:
        raise Refused(replace(flaw, data={"status": 400}))
    return dict(said) if isinstance(said, dict) else {}


def _filled(settings: Settings, schema: Mapping[str, Any], name: str) -> Settings:
    empty = next((key for key in schema["required"] if key in settings and not settings[key]), None)
    if empty is not None:
        raise _refused(f"{name}[{empty}] must not be empty.")
    return settings


_FAMILY_WORDS: Mapping[str, Callable[[str], str]] = {
    "name": clean_line, "slug": slug_of, "fontFamily": fonts.family_name, "preview": clean_url,
}  # fmt: skip


def _family_sent(value: Any, *, creating: bool) -> Settings:
    """The settings of a family (validate_font_family_settings, sanitize_font_family_settings)."""
    name = "font_family_settings"
    schema = schema_of(FAMILIES)["properties"][name]
    loose = schema if creating else {key: said for key, said in schema.items() if key != "required"}
    settings = _settings(value, name, loose)
    if not creating and settings.get("slug") is not None:
        raise _refused(f"{name}[slug] cannot be changed.")
    _filled(settings, schema, name)
    return {key: _FAMILY_WORDS[key](str(said)) for key, said in settings.items() if key in _FAMILY_WORDS}


def _face_sent(call: Call, value: Any) -> Settings:
    """The settings of a face, whose sources are addresses or the fields of files that came along
    (validate_font_face_settings, sanitize_font_face_settings)."""
    name = "font_face_settings"
    schema = schema_of(FACES)["properties"][name]
    settings = _filled(_settings(value, name, schema), schema, name)
    sent, said = set(_sent(call)), settings["src"]
    sources = [str(source).lstrip() for source in (said if isinstance(said, list) else [said])]
    for source in sources:
        if not source:
            raise _refused(f"{name}[src] must not hold empty texts.")
        if source not in sent and not _is_address(source):
            raise _refused(f"{name}[src] holds what is neither an address nor a file that was sent.")
    if unused := sent.difference(sources):
        raise _refused(f"{name}[src] does not name the file {min(unused)[:100]}.")
    cleaned = [source if source in sent else clean_url(source) for source in sources]
    words = {key: _face_word(key, said) for key, said in settings.items() if key != "src"}
    return {**words, "src": cleaned if isinstance(settings["src"], list) else cleaned[0]}


def _face_word(key: str, said: Any) -> str:
    if key == "fontFamily":
        return fonts.family_name(str(said))
    return clean_url(str(said)) if key == "preview" else clean_line(str(said))


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return False


def _sent(call: Call) -> dict[str, tuple[str, bytes]]:
    """The files that came with a request, by field."""
    form = form_of(call.request)
    return {part.field: (basename(part.name), part.data) for part in form.files} if form is not None else {}


def _checked_files(call: Call) -> dict[str, fonts.FontFile]:
    try:
        return {field: fonts.checked_file(*sent, call.site.locale) for field, sent in _sent(call).items()}
    except Invalid as error:
        if error.code == "font_type":
            raise WireError("rest_font_upload_invalid_file_type", error.message, 400) from error
        raise WireError("rest_font_upload_unknown_error", error.message, 500) from error


# ---- what is done


@contextmanager
def _told_apart() -> Iterator[None]:
    """Tells of what is there already as WordPress does (rest_duplicate_font_family, rest_duplicate_font_face)."""
    try:
        yield
    except Conflict as error:
        raise WireError(f"rest_{error.code}", error.message, 400) from error


def _made(call: Call, route: str, value: Json) -> Result:
    result = Result(value=value, status=201, call=call)
    result.headers["Location"] = call.href(route)
    return result


def _create_family(call: Call) -> Result:
    with _told_apart():
        post = fonts.keep_family(call.view, call.viewer, call.params["font_family_settings"])
    call = call.written("edit")
    return _made(call, f"{FAMILIES}/{post.id}", _shown_family(call, post))


def _change_family(call: Call) -> Result:
    before = _family(call)
    settings = {**fonts.family_settings(before), **call.params["font_family_settings"]}
    post = fonts.keep_family(call.view, call.viewer, settings, before)
    call = call.written("edit")
    return Result(value=_shown_family(call, post), call=call)


def _create_face(call: Call) -> Result:
    family = _parent(call)
    settings = call.params["font_face_settings"]
    files = _checked_files(call)
    with _told_apart():
        post = fonts.keep_face(call.view, call.viewer, family, settings, files)
    call = call.written("edit")
    return _made(call, f"{FAMILIES}/{family.id}/font-faces/{post.id}", _shown_face(call, post))


def _delete(
    find: Callable[[Call], Post], shown: Callable[..., Json], remove: Callable[[Any, int], None]
) -> Callable[[Call], Result]:
    def run(call: Call) -> Result:
        post = find(call)
        if not to_bool(call.params.get("force")):
            raise WireError("rest_trash_not_supported", "Fonts have no trash; force=true deletes them.", 501)
        call = call.written("edit")
        previous = shown(call, post, linked=False)
        remove(call.view, post.id)
        return Result(value={"deleted": True, "previous": previous}, call=call)

    return run


ANSWERS: Answers = {
    FAMILIES: Answer(
        _families,
        _permission("rest_cannot_read"),
        clean={"font_family_settings": lambda _, value: _family_sent(value, creating=True)},
        changes={"POST": Change(_create_family, _permission("rest_cannot_create"))},
    ),
    FAMILY: Answer(
        lambda call: Result(value=_shown_family(call, _family(call))),
        _permission("rest_cannot_read", _family),
        clean={"font_family_settings": lambda _, value: _family_sent(value, creating=False)},
        changes={
            "POST": Change(_change_family, _permission("rest_cannot_edit", _family)),
            "DELETE": Change(
                _delete(_family, _shown_family, fonts.delete_family), _permission("rest_cannot_delete", _family)
            ),
        },
    ),
    FACES: Answer(
        _faces,
        _permission("rest_cannot_read"),
        clean={"font_face_settings": _face_sent},
        changes={"POST": Change(_create_face, _permission("rest_cannot_create"))},
    ),
    FACE: Answer(
        lambda call: Result(value=_shown_face(call, _own_face(call))),
        _permission("rest_cannot_read", _face),
        changes={
            "DELETE": Change(
                _delete(_own_face, _shown_face, fonts.delete_face), _permission("rest_cannot_delete", _face)
            )
        },
    ),
}
