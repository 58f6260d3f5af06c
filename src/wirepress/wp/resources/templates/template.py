"""Templates and their parts: the files of our theme, and the posts that the site's people keep in their place."""

from __future__ import annotations

from dataclasses import dataclass

from wirepress.content.posts import reading
from wirepress.model.post import Post
from wirepress.model.query import PostQuery, Visibility
from wirepress.wp.call import Call
from wirepress.wp.errors import missing
from wirepress.wp.resources.templates.texts import FILES
from wirepress.wp.resources.themes.facts import KINDS, stylesheet

TEMPLATE = "wp_template"
PART = "wp_template_part"
UNPUBLISHED_TOO = ("auto-draft", "draft", "publish")
HIERARCHY = frozenset(kind.slug for kind in KINDS)
_MOST = 1000
"""How many templates people may keep of a type."""


@dataclass(frozen=True, slots=True)
class Template:
    """A template or a part of a theme; `type` is its post type, `area` what a part is for.

    `post` is what it is kept as, without an id where it is a file of the theme.  Where it is kept, `themed` says
    whether the theme has a file of this name too, `origin` what the post was made from, `suggested` that the editor
    offered its name.
    """

    type: str
    theme: str
    slug: str
    post: Post
    area: str
    themed: bool = True
    origin: str | None = None
    suggested: bool = False

    @property
    def id(self) -> str:
        return f"{self.theme}//{self.slug}"

    @property
    def kept(self) -> bool:
        """Whether people keep it as a post."""
        return self.post.id > 0

    @property
    def custom(self) -> bool:
        """Whether no hierarchy of templates leads to it, so that it is chosen for a post or for none."""
        return not self.suggested and self.slug not in HIERARCHY


def files_of(call: Call, post_type: str, theme: str) -> list[Template]:
    """The files of a theme; only the active one is ours, and has any."""
    if theme != stylesheet(call):
        return []
    found = []
    for file in FILES[post_type]:
        post = Post(
            0, post_type, "publish", slug=file.slug, title=file.title, content=file.content, excerpt=file.description
        )
        found.append(Template(post_type, theme, file.slug, post, file.area))
    return found


def kept_of(
    call: Call, post_type: str, theme: str, *, slugs: tuple[str, ...] = (), statuses: tuple[str, ...] = ("publish",)
) -> list[Template]:  # fmt: skip
    """The templates that are posts of a theme (get_block_templates)."""
    query = PostQuery(
        types=(post_type,), statuses=statuses, visibility=Visibility(all_of=statuses), per_page=_MOST, slugs=slugs
    )  # fmt: skip
    posts = reading.items(call.view, call.viewer, reading.browse(call.view, call.viewer, query).ids)
    files = {file.slug for file in files_of(call, post_type, theme)}
    found = []
    for post in posts:
        assigned = {term.taxonomy: term.name for term in post.terms}
        if assigned.get("wp_theme") == theme:
            area = assigned.get("wp_template_part_area", "uncategorized")
            origin, suggested = str(post.first_meta("origin")) or None, bool(post.first_meta("is_wp_suggestion"))
            themed = post.slug in files
            found.append(Template(post_type, theme, post.slug, post, area, themed, origin, suggested))
    return found


def templates_of(call: Call, post_type: str) -> list[Template]:
    """All templates of the active theme: what people keep stands before what the theme brings."""
    theme = stylesheet(call)
    kept = kept_of(call, post_type, theme)
    taken = {template.slug for template in kept}
    return [*kept, *(file for file in files_of(call, post_type, theme) if file.slug not in taken)]


def known(call: Call, post_type: str, name: str) -> Template | None:
    """The template of an id: theme, slashes, slug (get_block_template).  What people keep is found in the trash and
    of themes that were there before, too."""
    theme, _, slug = name.replace("//", "/").rpartition("/")
    if not theme or not slug:
        return None
    if kept := kept_of(call, post_type, theme, slugs=(slug,), statuses=(*UNPUBLISHED_TOO, "trash")):
        return kept[0]
    return next((file for file in files_of(call, post_type, theme) if file.slug == slug), None)


def find(post_type: str, call: Call) -> Template:
    """The template of a call.  Raises `rest_template_not_found` where there is none."""
    found = known(call, post_type, str(call.params.get("id")))
    if found is None:
        raise missing("rest_template_not_found", "There is no such template.")
    return found
