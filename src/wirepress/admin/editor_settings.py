"""The settings that the block editor is started with, in WordPress's words (block_editor_settings)."""

from __future__ import annotations

from typing import Any

from wirepress.admin.visit import Visit
from wirepress.content.identity import nonces
from wirepress.content.people.users import display_name
from wirepress.content.posts import locks, revisions
from wirepress.content.themes.theme import Theme
from wirepress.content.themes.variables import declared, variables
from wirepress.model.post import Post
from wirepress.model.registry import PostType
from wirepress.render.filetypes import ALLOWED_TYPES

AUTOSAVE = 60
"""Seconds between two autosaves (AUTOSAVE_INTERVAL)."""
LOCAL_AUTOSAVE = 15
CATEGORIES = (
    ("text", "Text"), ("media", "Media"), ("design", "Design"), ("widgets", "Widgets"), ("theme", "Theme"),
    ("embed", "Embeds"), ("reusable", "Patterns"),
)  # fmt: skip


def settings(visit: Visit, post: Post, kind: PostType, features: Any) -> dict[str, Any]:
    """The settings for a post; `features` are those of the theme as the API gives them."""
    site = visit.site
    return {
        "titlePlaceholder": visit.say("Add title"),
        "bodyPlaceholder": visit.say("Type / to choose a block"),
        "autosaveInterval": AUTOSAVE,
        "localAutosaveInterval": LOCAL_AUTOSAVE,
        "richEditingEnabled": True,
        "codeEditingEnabled": True,
        **lock(visit, post),
        **unsaved(visit, post),
        "supportsLayout": True,
        "supportsTemplateMode": False,
        "availableTemplates": {"": visit.say("Default template")},
        "disablePostFormats": "post-formats" not in kind.supports,
        "enableCustomFields": False,
        "allowedBlockTypes": True,
        "alignWide": True,
        "canLockBlocks": visit.may("edit_others_posts"),
        "isRTL": visit.language.direction == "rtl",
        "locale": visit.language.name,
        "imageEditing": True,
        "imageDefaultSize": "large",
        "maxUploadFileSize": visit.upload_limit,
        "allowedMimeTypes": dict(ALLOWED_TYPES) if visit.may("upload_files") else {},
        **pictures(visit),
        "styles": [{"css": canvas(visit.site.theme), "isGlobalStyles": False}],
        "defaultEditorStyles": [],
        "__experimentalFeatures": features,
        "__unstableIsBlockBasedTheme": False,
        "__unstableEnableFullSiteEditingBlocks": False,
        "__experimentalAdditionalBlockPatterns": [],
        "__experimentalAdditionalBlockPatternCategories": [],
        "__experimentalDiscussionSettings": _discussion(visit),
        "postsPerPage": site.number("posts_per_page", 10),
        "canUpdateBlockBindings": visit.may("edit_others_posts"),
        "enableOpenverseMediaCategory": False,
        "fontLibraryEnabled": False,
        "canEditCSS": visit.may("edit_css"),
        "template": list(kind.template),
        "templateLock": kind.template_lock,
    }


def canvas(theme: Theme) -> str:
    """The theme's colours, type and measures for the canvas, which is as light as paper in both schemes."""
    widths = {
        "--wp--style--global--content-size": theme.spacing.measure,
        "--wp--style--global--wide-size": theme.spacing.wide,
    }
    return f":root {{ {declared({**widths, **variables(theme)})} }}"


def lock(visit: Visit, post: Post) -> dict[str, Any]:
    """The lock of a post, or who else has it open; the page took it when it was opened."""
    utils = {
        "nonce": nonces.nonce(visit.view, visit.viewer, f"lock-post_{post.id}"),
        "unlockNonce": nonces.nonce(visit.view, visit.viewer, f"update-post_{post.id}"),
        "ajaxUrl": visit.address("admin-ajax.php"),
    }
    other = locks.holder(visit.view, visit.viewer, post)
    if not other:
        mine = str(post.first_meta(locks.KEY))
        return {"postLock": {"isLocked": False, "activePostLock": mine}, "postLockUtils": utils}
    user = visit.view.lookup.user(other)
    name = display_name(user) if user else ""
    return {"postLock": {"isLocked": True, "user": {"name": name, "avatar": ""}}, "postLockUtils": utils}


def unsaved(visit: Visit, post: Post) -> dict[str, Any]:
    """Where an autosave can be seen that is newer than what is saved; the editor offers it."""
    kept = revisions.unsaved(visit.view, post)
    return {"autosave": {"editLink": visit.address("revision.php", revision=kept.id)}} if kept else {}


def pictures(visit: Visit) -> dict[str, Any]:
    """The sizes that pictures are cut to."""
    number = visit.site.number
    labels = {
        "thumbnail": visit.say("Thumbnail"), "medium": visit.say("Medium"), "large": visit.say("Large"),
        "full": visit.say("Full size"),
    }  # fmt: skip
    sizes = {
        name: {
            "width": number(f"{name}_size_w"),
            "height": number(f"{name}_size_h"),
            "crop": visit.site.flag(f"{name}_crop"),
        }
        for name in ("thumbnail", "medium", "large")
    }
    return {"imageSizes": [{"slug": name, "name": label} for name, label in labels.items()], "imageDimensions": sizes}


def _discussion(visit: Visit) -> dict[str, Any]:
    option = visit.site.option
    return {
        "commentOrder": option("comment_order"),
        "commentsPerPage": str(option("comments_per_page")),
        "defaultCommentsPage": option("default_comments_page"),
        "pageComments": visit.site.flag("page_comments"),
        "threadComments": visit.site.flag("thread_comments"),
        "threadCommentsDepth": str(option("thread_comments_depth")),
        "defaultCommentStatus": option("default_comment_status"),
        "avatarURL": "",
    }
