"""Take-downs: an article is gone from the site at once, and no source brings it again until that is lifted."""

from wirepress.syndicate.takedowns.making import Prepared, prepare, take_down
from wirepress.syndicate.takedowns.undoing import erase, lift

__all__ = ["Prepared", "erase", "lift", "prepare", "take_down"]
