"""What the site's people keep in place of the theme's own: templates, their parts, and global styles."""

from __future__ import annotations

from dataclasses import replace

from wirepress.content import terms
from wirepress.content.identity.viewer import NEWSROOM, Viewer
from wirepress.content.newsroom import View
from wirepress.content.posts import publishing, reading
from wirepress.content.posts.changes import Changes
from wirepress.model.post import Post
from wirepress.model.query import PostQuery

STYLES = "wp_global_styles"
NO_STYLES = '{"version": 3, "isGlobalStylesUserThemeJSON": true }'


def keep_template(
    view: View, viewer: Viewer, post_type: str, theme: str, changes: Changes, *, area: str = "", origin: str = ""
) -> Post:  # fmt: skip
    """Makes a template or a part (`area`) of a theme; `origin` says what it stands in the place of."""
    assigned: dict[str, tuple[int, ...]] = {"wp_theme": (terms.find_or_create(view, "wp_theme", theme).id,)}
    if area:
        assigned |= area_terms(view, area)
    if origin and changes.meta is None:
        changes = replace(changes, meta={"origin": [origin]})
    return publishing.create(view, viewer, post_type, replace(changes, status="publish", terms=assigned))


def area_terms(view: View, area: str) -> dict[str, tuple[int, ...]]:
    """The term of an area that parts are made for."""
    return {"wp_template_part_area": (terms.find_or_create(view, "wp_template_part_area", area).id,)}


def styles_query(view: View, theme: str = "") -> PostQuery:
    """The query for the post that holds what the site's people have changed of a theme, the active one unless another
    is named."""
    return PostQuery(
        types=(STYLES,),
        slugs=(_styles_slug(theme or str(view.site.option("stylesheet") or "wirepress")),),
        statuses=("publish",),
        per_page=1,
        with_total=False,
    )


def styles_of(view: View, theme: str = "") -> int:
    """The id of that post, 0 when nothing was changed."""
    ids = reading.browse(view, NEWSROOM, styles_query(view, theme)).ids
    return ids[0] if ids else 0


def styles_made(view: View, viewer: Viewer, theme: str) -> int:
    """As `styles_of`, with a post that changes nothing yet where there was none (WordPress makes it when the theme is
    asked for)."""
    found = styles_of(view, theme)
    if found:
        return found
    assigned: dict[str, tuple[int, ...]] = {"wp_theme": (terms.find_or_create(view, "wp_theme", theme).id,)}
    changes = Changes(
        title="Custom Styles", content=NO_STYLES, status="publish", slug=_styles_slug(theme), terms=assigned
    )  # fmt: skip
    return publishing.create(view, viewer, STYLES, changes).id


def _styles_slug(theme: str) -> str:
    return f"wp-global-styles-{theme}"


def global_styles(view: View) -> str:
    """What the site's people have changed of the theme's styles (theme.json), "" where nothing was."""
    found = styles_of(view)
    post = view.lookup.post(found) if found else None
    return post.content if post is not None else ""
