"""All answers of listed routes."""

from __future__ import annotations

from wirepress.wp.resources import installation, oembed, view_config
from wirepress.wp.resources.answers import Answers
from wirepress.wp.resources.blocks import renderer
from wirepress.wp.resources.menus import locations
from wirepress.wp.resources.themes import global_styles
from wirepress.wp.resources.themes import resource as themes

ANSWERS: Answers = {
    **oembed.ANSWERS,
    **global_styles.ANSWERS,
    **themes.ANSWERS,
    **renderer.ANSWERS,
    **locations.ANSWERS,
    **installation.ANSWERS,
    **view_config.ANSWERS,
}
