"""All answers of listed routes."""

from __future__ import annotations

from wirepress.wp.resources import (
    abilities,
    block_renderer,
    block_types,
    fonts,
    global_styles,
    installation,
    menu_locations,
    oembed,
    template_revisions,
    templates,
    theme_export,
    themes,
    view_config,
    widgets,
)
from wirepress.wp.resources.answers import Answers

ANSWERS: Answers = {
    **oembed.ANSWERS,
    **templates.ANSWERS,
    **template_revisions.ANSWERS,
    **fonts.ANSWERS,
    **global_styles.ANSWERS,
    **themes.ANSWERS,
    **theme_export.ANSWERS,
    **block_types.ANSWERS,
    **block_renderer.ANSWERS,
    **menu_locations.ANSWERS,
    **widgets.ANSWERS,
    **installation.ANSWERS,
    **abilities.ANSWERS,
    **view_config.ANSWERS,
}
