"""`python -m tests.fuzz SECONDS`: a fuzz run over rendering, guided by coverage, from the recorded texts.

No function may raise or take longer than some seconds for a small text.  What does is kept in `.fuzz/` and named;
`python -m tests.fuzz --again FILE` tries such a file once more.  Where atheris cannot be had (it is made for Linux on
x86-64), texts are mutated without the guidance.
"""

from __future__ import annotations

import argparse
import faulthandler
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.fuzz.signs import SIGNS

FINDS = Path(".fuzz")
LONGEST = 4096
PATIENCE = 10
"""Seconds for one input: a thousand times what it needs, so that a busy machine is no find."""


def guided(seconds: int, seed: int) -> int:
    """The run with atheris: libFuzzer keeps the time, and keeps what raises or hangs."""
    import atheris

    with atheris.instrument_imports(include=["wirepress.render", "wirepress.syndicate.clean"]):
        from tests.fuzz import targets
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        corpus = Path(folder, "corpus")
        corpus.mkdir()
        for number, text in enumerate(targets.seeds()):
            (corpus / f"{number:05d}").write_bytes(text)
        words = Path(folder, "words")
        words.write_text("".join(f'"{_escaped(sign)}"\n' for sign in SIGNS))
        options = {
            "max_total_time": seconds,
            "max_len": LONGEST,
            "timeout": PATIENCE,
            "rss_limit_mb": 2048,
            "artifact_prefix": f"{FINDS}/",
            "dict": words,
            "seed": seed,
            "print_final_stats": 1,
            "verbosity": 1,
        }
        arguments = [sys.argv[0], str(corpus), *(f"-{name}={value}" for name, value in options.items())]
        atheris.Setup(arguments, targets.run)
        atheris.Fuzz()  # ends the process
    return 0


def _escaped(sign: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in sign.encode())


def unguided(seconds: int, seed: int) -> int:
    """The run without atheris: recorded texts, cut, joined and sprinkled with signs."""
    from tests.fuzz import targets

    chance = random.Random(seed)
    texts = list(targets.seeds())
    tried, end = 0, time.monotonic() + seconds
    while time.monotonic() < end:
        data = _mutated(chance, texts)
        faulthandler.dump_traceback_later(PATIENCE, exit=True)
        (FINDS / "running").write_bytes(data)
        try:
            targets.run(data)
        except Exception:
            (FINDS / "running").rename(FINDS / f"crash-{seed}-{tried}")
            raise
        faulthandler.cancel_dump_traceback_later()
        tried += 1
    (FINDS / "running").unlink(missing_ok=True)
    print(f"{tried} texts without a find")
    return 0


def _mutated(chance: random.Random, texts: list[bytes]) -> bytes:
    data = chance.choice(texts)
    for _ in range(chance.randrange(1, 8)):
        at = chance.randrange(1, len(data) + 1)
        to = min(len(data), at + chance.randrange(20))
        other = chance.choice(texts)
        sprinkled = (b"", chance.choice(SIGNS).encode(), other[1 + chance.randrange(len(other)) :], data[at:to] * 3)
        data = data[:at] + chance.choice(sprinkled) + data[to:]
    return data[:LONGEST]


def again(path: Path) -> int:
    """One kept input once more, with what it is."""
    from tests.fuzz import targets

    name, text = targets.decoded(path.read_bytes())
    print(f"{name}({text!r})")
    faulthandler.dump_traceback_later(PATIENCE, exit=True)
    targets.TARGETS[name](text)
    print("no find")
    return 0


def _in_a_process(arguments: argparse.Namespace) -> int:
    """libFuzzer ends its process; what it found is named after it."""
    before = set(FINDS.iterdir())
    command = [sys.executable, "-m", "tests.fuzz", "--inside", "--seed", str(arguments.seed), str(arguments.seconds)]
    done = subprocess.run(command, check=False, stderr=subprocess.PIPE, text=True)
    lines = done.stderr.splitlines()
    print("\n".join(line for line in lines[-12:] if line.startswith(("stat::", "Done"))))
    finds = sorted(set(FINDS.iterdir()) - before)
    if done.returncode or finds:
        print("\n".join(lines[-80:]))
        for path in finds:
            print(f"found: python -m tests.fuzz --again {path}")
        return 1
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seconds", type=int, nargs="?", default=300)
    parser.add_argument("--seed", type=int, default=0, help="0: another one each time")
    parser.add_argument("--again", type=Path, metavar="FILE")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.again:
        return again(arguments.again)
    FINDS.mkdir(exist_ok=True)
    arguments.seed = arguments.seed or random.SystemRandom().randrange(1, 2**31)
    if arguments.inside:
        return guided(arguments.seconds, arguments.seed)
    try:
        import atheris  # noqa: F401
    except ImportError:
        print("atheris is not there (no build for this machine or Python): mutating without guidance")
        return unguided(arguments.seconds, arguments.seed)
    print(f"Fuzzing for {arguments.seconds} s (seed {arguments.seed})", flush=True)
    return _in_a_process(arguments)


if __name__ == "__main__":
    sys.exit(main())
