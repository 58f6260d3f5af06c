"""All answers of listed routes."""

from __future__ import annotations

from wirepress.wp.resources import abilities, installation, oembed, view_config, widgets
from wirepress.wp.resources.answers import Answers
from wirepress.wp.resources.blocks import renderer, types
from wirepress.wp.resources.menus import locations
from wirepress.wp.resources.templates import export, revisions
from wirepress.wp.resources.templates import resource as templates
from wirepress.wp.resources.themes import global_styles
from wirepress.wp.resources.themes import resource as themes

ANSWERS: Answers = {
    **oembed.ANSWERS,
    **templates.ANSWERS,
    **revisions.ANSWERS,
    **global_styles.ANSWERS,
    **themes.ANSWERS,
    **export.ANSWERS,
    **types.ANSWERS,
    **renderer.ANSWERS,
    **locations.ANSWERS,
    **widgets.ANSWERS,
    **installation.ANSWERS,
    **abilities.ANSWERS,
    **view_config.ANSWERS,
}
