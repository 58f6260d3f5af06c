"""`python -m tests.hostile [inside [NAMES] | beside [SECONDS]]`: what hostile texts may take, and what others wait."""

from __future__ import annotations

import sys

from tests.hostile import beside, inside

at = sys.argv[1] if len(sys.argv) > 1 else "inside"
if at == "beside":
    sys.exit(beside.main(float(sys.argv[2]) if len(sys.argv) > 2 else 40))
sys.exit(inside.main(sys.argv[2:]))
