"""Text smilies to signs: `convert_smilies`."""

import re

from wirepress.render.phpstr import SPACES

_SIGNS = {
    ":mrgreen:": "mrgreen.png", ":neutral:": "\U0001f610", ":twisted:": "\U0001f608", ":arrow:": "\u27a1",
    ":shock:": "\U0001f62f", ":smile:": "\U0001f642", ":???:": "\U0001f615", ":cool:": "\U0001f60e",
    ":evil:": "\U0001f47f", ":grin:": "\U0001f600", ":idea:": "\U0001f4a1", ":oops:": "\U0001f633",
    ":razz:": "\U0001f61b", ":roll:": "\U0001f644", ":wink:": "\U0001f609", ":cry:": "\U0001f625",
    ":eek:": "\U0001f62e", ":lol:": "\U0001f606", ":mad:": "\U0001f621", ":sad:": "\U0001f641", "8-)": "\U0001f60e",
    "8-O": "\U0001f62f", ":-(": "\U0001f641", ":-)": "\U0001f642", ":-?": "\U0001f615", ":-D": "\U0001f600",
    ":-P": "\U0001f61b", ":-o": "\U0001f62e", ":-x": "\U0001f621", ":-|": "\U0001f610", ";-)": "\U0001f609",
    "8O": "\U0001f62f", ":(": "\U0001f641", ":)": "\U0001f642", ":?": "\U0001f615", ":D": "\U0001f600",
    ":P": "\U0001f61b", ":o": "\U0001f62e", ":x": "\U0001f621", ":|": "\U0001f610", ";)": "\U0001f609",
    ":!:": "\u2757", ":?:": "\u2753",
}  # fmt: skip
_SMILEY = re.compile(
    r"(?:^|(?<=[\r\n\t \xa0])|(?<=&nbsp;))"
    rf"(?:{'|'.join(re.escape(smiley) for smiley in sorted(_SIGNS, reverse=True))})"
    rf"(?={SPACES}|$)",
    re.MULTILINE,
)
_TRIGGER = re.compile("[:;8][-:)?DPOox|(!a-z]")
_UNTOUCHED = re.compile(r"<(code|pre|style|script|textarea)")


def smilies(text: str, images: str = "/wp-includes/images/smilies/") -> str:
    """Replaces smilies that stand alone between spaces (`convert_smilies`); one of them is an image below `images`."""
    if not _TRIGGER.search(text):
        return text

    def sign(found: re.Match[str]) -> str:
        shown = _SIGNS[found[0]]
        if not shown.endswith(".png"):
            return shown
        source = f'src="{images}{shown}" alt="{found[0]}"'
        return f'<img {source} class="wp-smiley" style="height: 1em; max-height: 1em;" />'

    out: list[str] = []
    untouched = ""
    for piece in _pieces(text):
        if not untouched and piece[-1] == ">" and (opened := _UNTOUCHED.match(piece)):
            untouched = opened[1]
        out.append(piece if untouched or piece[0] == "<" else _SMILEY.sub(sign, piece))
        if untouched and piece == f"</{untouched}>":
            untouched = ""
    return "".join(out)


def _pieces(text: str) -> list[str]:
    """Closed tags and the text between them; what follows the last `>` is text whatever it holds."""
    pieces: list[str] = []
    at = 0
    while (start := text.find("<", at)) >= 0 and (end := text.find(">", start)) >= 0:
        pieces += (text[at:start], text[start : end + 1])
        at = end + 1
    pieces.append(text[at:])
    return [piece for piece in pieces if piece]
