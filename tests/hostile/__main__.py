"""`python -m tests.hostile WHAT`: what hostile texts and requests may take, and what others wait.

inside [NAMES]        the known texts, to everything that takes texts
beside [SECONDS]      how long an editor waits beside contributors who send them
requests [SECONDS]    requests made from the API's description
contents [SECONDS]    texts that grow, saved into everything that keeps a text
uploads [SECONDS]     files that are more than they seem, uploaded and edited
wire [SECONDS]        feeds, pages and pictures that grow, through whole pulls
again FILE            what one of these looks has found, once more
"""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from pathlib import Path

SECONDS = {"beside": 40.0, "requests": 300.0, "contents": 300.0, "uploads": 300.0, "wire": 300.0}
"""How long a look is that is not told."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="?", default="inside", choices=("inside", *SECONDS, "again"))
    parser.add_argument("rest", nargs="*")
    parser.add_argument("--seed", type=int, default=0, help="0: another one each time")
    given = parser.parse_args()
    if given.what == "again":
        from tests.hostile import requests

        return requests.again(Path(given.rest[0]))
    look = import_module(f"tests.hostile.{given.what}")
    if given.what == "inside":
        return int(look.main(given.rest))
    seconds = float(given.rest[0]) if given.rest else SECONDS[given.what]
    if given.what == "beside":
        return int(look.main(seconds))
    return int(look.main(seconds, given.seed))


sys.exit(main())
