"""`python -m tests.golden.replay`: asks the recorded reads of the API in this process and says how many are equal.

Cases that differ are printed with what differs (status, headers, body); `open.txt` lists them by cause.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.golden.cases import differences, reads, request_of
from tests.golden.site import newsroom_of
from tests.golden.test_replay import ELSEWHERE
from wirepress.wp.api import Api


def main() -> int:
    asked: Counter[str] = Counter()
    equal: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        newsroom = newsroom_of("golden", Path(folder))
        api = Api(newsroom)
        for case in reads():
            kind = case["kind"]
            if kind in ELSEWHERE or case["method"] == "TRACE":
                continue
            request = request_of(case)
            found = differences(case, api.answer(request), api.cors(request.headers.get("origin", "")))
            asked[kind] += 1
            equal[kind] += not found
            if found:
                where = case["path"] + (f"?{case['query']}" if case["query"] else "")
                print(f"#{case['n']} {case['method']} {where} [{case['as'] or 'anon'}]: {', '.join(found)}")
        newsroom.database.close()
    for kind, number in asked.items():
        print(f"{kind:20}{number:6}{equal[kind]:6}")
    print(f"equal: {equal.total()}/{asked.total()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
