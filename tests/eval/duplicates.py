"""`python -m tests.eval.duplicates FOLDER...`: whether an article told twice is known again, and no other taken for it.

The folders are those of articles (`tests.eval.corpus`).  Of each true text there are forms in which another source
would tell it; all texts are told apart from all others.  Beside ours stands trafilatura's Simhash, at the likeness
from which on it takes no article for another one of these: its best, known in hindsight.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

from trafilatura.deduplication import Simhash

from tests.eval.corpus import folders_named, samples
from tests.eval.scores import mean, mean_interval
from wirepress.content.stories.bands import bands_of
from wirepress.model.story import TextPrint
from wirepress.syndicate.prints import likeness, print_of

FEWEST = 120
"""Words of a text from which on its forms are made."""
FRAME = (
    "This report is part of a service for papers of the coast. It came by wire and has not been edited here, but"
    " for its headline. Readers who know more of the matter are asked to write to the desk, which is open every day."
)
FOOT = (
    "More of this kind is found under the heading of the region, with the reports of the last week and a map. Who wants"
    " to be told of new ones by letter may say so at the counter, and is free to end it whenever they like."
)


def forms(text: str) -> dict[str, str]:
    """A text as other sources tell it."""
    lines = [line for line in text.splitlines() if line.strip()]
    words = text.split()
    return {
        "framed": f"{FRAME}\n{text}\n{FOOT}",
        "cut": "\n".join(line for number, line in enumerate(lines) if number % 6 != 3),
        "half": " ".join(words[: max(len(words) // 2, 60)]),
        "begun anew": f"{FRAME}\n" + "\n".join(lines[1:] or lines),
    }


def is_known_again(one: TextPrint | None, other: TextPrint | None) -> bool:
    """Whether two texts are found by their bands, and count as one article."""
    if one is None or other is None or not set(bands_of(one)) & set(bands_of(other)):
        return False
    return likeness(one, other) > 0


def found(texts: Sequence[str]) -> tuple[list[bool], list[bool], int, int]:
    """Of all forms whether we know them again, and whether trafilatura does; of how many pairs of texts we take one for
    the other, and how many there are."""
    texts = [text for text in dict.fromkeys(texts) if len(text.split()) >= FEWEST]
    prints, hashes = [print_of(text) for text in texts], [Simhash(text) for text in texts]
    pairs = list(combinations(range(len(texts)), 2))
    bands = [set(bands_of(one)) for one in prints]
    false = sum(
        1 for one, other in pairs if bands[one] & bands[other] and is_known_again(prints[one], prints[other])
    )  # fmt: skip
    bound = max((hashes[one].similarity(hashes[other]) for one, other in pairs), default=1.0)
    ours, theirs = [], []
    for text, known, hashed in zip(texts, prints, hashes, strict=True):
        for form in forms(text).values():
            ours.append(is_known_again(known, print_of(form)))
            theirs.append(hashed.similarity(Simhash(form)) > bound)
    return ours, theirs, false, len(pairs)


def score(*folders: Path) -> dict[str, float]:
    """The figures of all texts of these folders, by name; prints what they are."""
    ours, theirs, false, pairs = found([sample.body for folder in folders for sample in samples(folder)])
    low, high = mean_interval(ours, theirs)
    print(f"known again: {mean(ours):.3f} of {len(ours)}, by Simhash {mean(theirs):.3f}")
    print(f"ours less theirs: {low:+.3f} to {high:+.3f} (95 %, paired)")
    print(f"taken for another: {false} of {pairs} pairs")
    return {"forms": len(ours), "recall": mean(ours), "simhash_recall": mean(theirs), "false": false, "pairs": pairs}


def main() -> None:
    """Prints the score of the folders that are named."""
    named = score(*folders_named("duplicates", sys.argv[1:]))
    print(" ".join(f"{name}={value:.3f}".rstrip("0").rstrip(".") for name, value in named.items()))


if __name__ == "__main__":
    main()
