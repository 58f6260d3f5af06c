"""Reading what came from outside, in processes of their own with limits of time and memory.

`run` is the only door: it has a function of this package called in a child process and gives what that returned.
"""

from wirepress.syndicate.sandbox.limits import ANSWER, ARTICLE, FEED, PAGE, Limits
from wirepress.syndicate.sandbox.pool import children, run, stop

__all__ = ["ANSWER", "ARTICLE", "FEED", "PAGE", "Limits", "children", "run", "stop"]
