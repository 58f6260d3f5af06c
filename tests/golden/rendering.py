"""Scores recorded rendering pairs: `python -m tests.golden.rendering FILE.jsonl`.

Each line of the file is `{"fn": name, "in": value, "out": value}`. The tables below say which of our functions answers
to which recorded name, one table a subject; a name that has no function yet is counted as not equal.
"""

import gzip
import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from tests.golden.contents import CONTENTS, Numbered
from wirepress.render import (
    autop,
    balance,
    comments,
    css,
    dates,
    entities,
    filetypes,
    links,
    phpstr,
    saving,
    shortcodes,
    slugs,
    smilies,
    strip,
    texturize,
    titles,
    urls,
    values,
)
from wirepress.render.accents import remove_accents
from wirepress.store.collation import fold

HERE = Path(__file__).parent
GIVEN = HERE / "rendering.jsonl.gz"
HOME = "https://news.example.com"
NOON = datetime(2024, 6, 15, 12, tzinfo=timezone(timedelta(0), "+00:00"))
PERMALINKS = "/index.php/%year%/%monthnum%/%day%/%postname%/"

ResponseContext = Callable[[Any], object]


def _unique_slug(arguments: list[Any]) -> str:
    wanted, post_id, status, kind, parent = arguments
    if status in ("draft", "pending", "auto-draft") or (kind == "revision" and status == "inherit"):
        return str(wanted)
    rows = [(*row[:1], fold(row[1]), *row[2:]) for row in json.loads((HERE / "slugs.json").read_text())]
    others = [row for row in rows if row[0] != post_id]
    hierarchical = kind == "page"
    if kind == "attachment":
        names = {name for _, name, _, _ in others}
    elif hierarchical:
        names = {name for _, name, of, under in others if of in (kind, "attachment") and under == parent}
    else:
        names = {name for _, name, of, _ in others if of == kind}
    own = next((name for number, name, _, _ in rows if number == post_id), None)
    return slugs.unique_slug(
        wanted,
        lambda slugs: [slug for slug in slugs if fold(slug) in names],
        hierarchical=hierarchical,
        own_slug=own,
        dates=PERMALINKS,
        post=kind == "post",
    )


def _file_type(name: str) -> dict[str, object]:
    known = filetypes.file_type(name)
    return {"ext": known[0], "type": known[1]} if known else {"ext": False, "type": False}


def _rest_date(text: str) -> int | bool:
    moment = dates.parse_rest_date(text)
    return False if moment is None else moment


TEXT: Mapping[str, ResponseContext] = {
    "wpautop": autop.autop,
    "wpautop_nobr": lambda text: autop.autop(text, breaks=False),
    "wptexturize": texturize.texturize,
    "convert_smilies": lambda text: smilies.smilies(text, f"{HOME}/wp-includes/images/smilies/"),
    "esc_html": entities.escape_html,
    "esc_attr": entities.escape_attribute,
    "wp_specialchars_decode": lambda text: entities.unescape_special(text, double=True, single=True),
    "ent2ncr": entities.numeric_entities,
    "the_title": titles.title,
    "bloginfo_rss_title": titles.feed_text,
    "strip_shortcodes": shortcodes.strip_shortcodes,
}
PLAIN: Mapping[str, ResponseContext] = {
    "wp_strip_all_tags": strip.strip_all_tags,
    "sanitize_text_field": strip.clean_line,
    "wp_trim_words_5": lambda text: strip.trim_words(text, 5),
    "wp_trim_words_35": lambda text: strip.trim_words(text, 35),
    "wp_trim_words_55": lambda text: strip.trim_words(text, 55),
    "wp_html_excerpt_20": lambda text: strip.cut_excerpt(text, 20, "…"),
}
NAMES: Mapping[str, ResponseContext] = {
    "sanitize_title": slugs.slug,
    "sanitize_title_save": slugs.slug,
    "sanitize_title_with_dashes": lambda text: slugs.dashed(text, saving=True),
    "remove_accents": remove_accents,
    "utf8_uri_encode": lambda text: slugs.percent_encoded(text, 200),
    "sanitize_key": slugs.key,
    "sanitize_user": slugs.login,
    "sanitize_user_strict": lambda text: slugs.login(text, strict=True),
    "sanitize_html_class": slugs.html_class,
    "sanitize_file_name": slugs.file_name,
    "single_term_class": lambda text: slugs.html_class(slugs.slug(text), "FALLBACK"),
    "wp_unique_post_slug": _unique_slug,
    "wp_check_filetype": _file_type,
}
ADDRESSES: Mapping[str, ResponseContext] = {
    "esc_url": urls.clean_url,
    "sanitize_url": urls.clean_raw_url,
}
VALUES: Mapping[str, ResponseContext] = {
    "wp_slash": phpstr.add_slashes,
    "rest_is_boolean": values.is_boolean,
    "rest_sanitize_boolean": values.to_boolean,
    "rest_is_integer": values.is_integer,
    "rest_is_ip_address": lambda text: values.ip_address(text) or False,
    "wp_parse_list": values.text_list,
    "wp_parse_id_list": values.id_list,
    "is_email": lambda text: values.is_email(text) and text,
    "sanitize_email": values.clean_email,
    "user_trailingslashit": values.with_trailing_slash,
    "mysql_to_rfc3339": lambda text: dates.rfc3339(text) or False,
    "rest_parse_date": _rest_date,
    "wp_date_fixed": lambda form: dates.format_date(form, NOON),
}
FILTERS: Mapping[str, ResponseContext] = {
    "force_balance_tags": balance.balance,
    "wp_kses_post": saving.kses_post,
    "wp_kses_data": saving.kses_plain,
    "wp_filter_kses": saving.kses_plain,
    "content_save_pre": saving.saved_content,
    "title_save_pre": saving.saved_title,
    "pre_comment_content": lambda text: saving.saved_comment(text, host="news.example.com"),
    "comment_text": lambda text: comments.comment_text(
        text, host="news.example.com", smiley_images=f"{HOME}/wp-includes/images/smilies/"
    ),
    "make_clickable": lambda text: links.clickable(text, "news.example.com"),
    "safecss_filter_attr": css.clean_style,
}
ANSWERS: Mapping[str, ResponseContext] = {**TEXT, **PLAIN, **NAMES, **ADDRESSES, **VALUES, **FILTERS, **CONTENTS}


@dataclass(frozen=True, slots=True)
class Pair:
    fn: str
    given: object
    expected: object


def pairs(path: Path) -> Iterator[Pair]:
    """The pairs of a file, gzipped or not."""
    content = path.read_bytes()
    if path.suffix == ".gz":
        content = gzip.decompress(content)
    for line in content.splitlines():
        if line.strip():
            row = json.loads(line)
            yield Pair(row["fn"], row["in"], row["out"])


def difference(pair: Pair) -> str | None:
    """What is wrong with our answer to a pair, None if nothing is."""
    if pair.fn not in ANSWERS:
        return "not built"
    got = ANSWERS[pair.fn](pair.given)
    if isinstance(got, Numbered):
        got = got.like(pair.expected)
    if got == pair.expected and type(got) is type(pair.expected):
        return None
    if not isinstance(got, str) or not isinstance(pair.expected, str):
        return f"{got!r} is not {pair.expected!r}"
    place = next(
        (index for index, (ours, theirs) in enumerate(zip(got, pair.expected, strict=False)) if ours != theirs),
        min(len(got), len(pair.expected)),
    )
    around = slice(max(place - 30, 0), place + 50)
    return f"differs at {place}: ours {got[around]!r}, expected {pair.expected[around]!r}"


def main(arguments: list[str]) -> int:
    path = Path(arguments[0]) if arguments else GIVEN
    equal: dict[str, int] = defaultdict(int)
    total: dict[str, int] = defaultdict(int)
    for pair in pairs(path):
        total[pair.fn] += 1
        problem = difference(pair)
        if problem is None:
            equal[pair.fn] += 1
        elif problem != "not built":
            print(f"{pair.fn}({str(pair.given)[:200]!r}): {problem}")
    for name in sorted(total):
        if equal[name] < total[name]:
            print(f"{name}: {equal[name]}/{total[name]}{'' if name in ANSWERS else ' (not built)'}")
    print(f"equal: {sum(equal.values())}/{sum(total.values())}")
    return 0 if sum(equal.values()) == sum(total.values()) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
