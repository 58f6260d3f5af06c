"""What the script that sends files is given: where to, what is taken, and its words."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from wirepress.admin import files
from wirepress.admin.visit import Visit
from wirepress.content.identity import nonces
from wirepress.content.media import library
from wirepress.content.media.sniffing import PICTURES
from wirepress.render.filetypes import ALLOWED_TYPES

LIMIT = library.MOST_BYTES - (1 << 16)
"""The most bytes of a file: what surrounds it in a form is counted too where requests are bounded."""
API = "wp_rest"
"""What the nonce of the API is for."""


def terms(visit: Visit) -> Mapping[str, str]:
    """The data attributes of the place where files are sent from."""
    say = visit.say
    limit = files.octets(visit, library.MOST_BYTES)
    return {
        "data-route": visit.site.rest_url("wp/v2/media"),
        "data-nonce": nonces.nonce(visit.view, visit.viewer, API),
        "data-renew": visit.address("admin-ajax.php", action="rest-nonce"),
        "data-log-in": f"{visit.site.base}/wp-login.php",
        "data-item": visit.address("upload.php") + "?item=",
        "data-limit": str(LIMIT),
        "data-types": " ".join(sorted("|".join(ALLOWED_TYPES).split("|"))),
        "data-say-waiting": say("Waiting"),
        "data-say-sending": say("Sending: %(percent)s %%", percent="{percent}"),
        "data-say-making": say("Sizes are made"),
        "data-pictures": " ".join(PICTURES),
        "data-say-done": say("Added"),
        "data-say-broken": say("Added, but the picture is damaged: nothing of it can be shown."),
        "data-say-cancel": say("Cancel"),
        "data-say-retry": say("Try again"),
        "data-say-cancelled": say("Cancelled"),
        "data-say-large": say("The file is too large: %(limit)s at most.", limit=limit),
        "data-say-larger": say("The file is larger than this server takes."),
        "data-say-empty": say("The file is empty."),
        "data-say-folder": say("This is a folder. Add the files in it."),
        "data-say-type": say("Files of this type are not taken."),
        "data-say-forbidden": say("You may not add files."),
        "data-say-refused": say("The file was refused: %(message)s", message="{message}"),
        "data-say-lost": say("The connection is lost. What is not sent yet waits here."),
        "data-say-ended": say("Your login has ended. Log in again in the other window, then go on here."),
        "data-say-busy": say("The server is busy. What is not sent yet waits here."),
        "data-say-progress": say(
            "%(done)s of %(all)s files are added, %(failed)s failed.", done="{done}", all="{all}", failed="{failed}"
        ),
        "data-say-leave": say("Files are still being sent."),
    }


def reach(visit: Visit) -> str:
    """What scripts of a page may ask: this site, and its API where that has another address."""
    parts = urlsplit(visit.site.home)
    return f"'self' {parts.scheme}://{parts.netloc}"
