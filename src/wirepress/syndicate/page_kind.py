"""What kind of page was fetched: an article, or something that stands in its place and must never be taken for it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from lxml.html import HtmlElement

from wirepress.model.page_kind import PageKind
from wirepress.syndicate.opinions import said_in
from wirepress.syndicate.parse import linked
from wirepress.syndicate.parse.select import select
from wirepress.syndicate.parse.text import as_markup, element_text, plain, squeeze
from wirepress.syndicate.passages import is_hidden
from wirepress.syndicate.unreadable import Unreadable

_SHORT: Final = 150
"""Words up to which a page may be a notice and nothing else."""
_EMPTY: Final = 60
"""Words up to which a page is an empty shell that scripts would fill."""
_OFTEN: Final = 3
"""How often a longer question for consent speaks of it at least."""
_TEXT: Final = 60
"""Words from which on a text in a page's data is an article."""
_LARGEST_DATA: Final = 5_000_000
_MOST_VALUES: Final = 50_000
_NOTICES: Final = {
    kind: re.compile("|".join(patterns), re.IGNORECASE)
    for kind, patterns in {
        PageKind.CHALLENGE: (
            r"just a moment|attention required|access denied|zugriff verweigert|acc[eè]s refus[ée]|captcha|robot check",
            r"are you (?:a )?(?:robot|human)|checking your browser|security (?:check|verification)|ddos[- ]guard",
            r"verif(?:y|ying) (?:that )?you are|human verification|bot verification|pardon our interruption",
            r"one more step|request unsuccessful|unusual traffic|client challenge|human or bot|kein roboter|un robot",
            r"sicherheits(?:pr[uü]fung|[uü]berpr[uü]fung)|v[ée]rification de s[ée]curit[ée]",
            r"verificaci[oó]n de seguridad",
        ),
        PageKind.CONSENT: (
            r"before you continue|cookies?\b|consent|your privacy|privacy (?:settings|choices|cent)|vie priv[ée]e",
            r"datenschutz(?:einstellung)|zustimm(?:en|ung)|einwillig|weiter mit werbung|avant de continuer",
            r"prima di continuare|antes de continuar|privacidad|privatsph[aä]re|toestemming",
        ),
        PageKind.ERROR: (
            r"\b404\b|\b50[0234]\b|\b403\b|not found|nicht gefunden|introuvable|no (?:se ha )?encontrad[ao]|gone\b",
            r"non trovata|n[aã]o encontrad[ao]|niet gevonden|page (?:does not|doesn't) exist|existiert nicht",
            r"bad gateway",
            r"no longer (?:available|exists)|nicht mehr verf[uü]gbar|(?:service|temporarily) unavailable|oops",
            r"something went wrong|internal server error|maintenance|wartungsarbeiten|an error (?:has )?occurred",
            r"ein fehler ist",
        ),
        PageKind.LOGIN: (
            r"^(?:please )?(?:log ?in|sign ?in|anmelden|anmeldung|einloggen|login|connexion|se connecter|entrar)\b",
            r"^(?:iniciar sesi[oó]n|acceder|accedi|inloggen)\b|\b(?:log|sign) ?in to (?:continue|read|go on",
            r"your account)",
        ),
    }.items()
}
_MARKERS: Final = re.compile(
    r"_cf_chl_opt|/cdn-cgi/challenge-platform/|_Incapsula_Resource|px-captcha|captcha-delivery\.com|awswaf|ddos-guard"
    r"|geo\.captcha|hcaptcha\.com/1/api|recaptcha/(?:api|enterprise)|challenges\.cloudflare\.com|/_sec/cp_challenge"
    r"|perimeterx|kasada|distil_r_captcha"
)
_PAYWALL: Final = re.compile(
    r"pay-?wall|reg-?wall|subscriber-only|premium-(?:wall|offer|gate)|piano-(?:offer|wall)", re.IGNORECASE
)
_DATA: Final = re.compile(
    r"__NEXT_DATA__|__NUXT|__INITIAL_STATE__|__APOLLO_STATE__|__PRELOADED_STATE__|ng-state", re.IGNORECASE
)
_BODY_KEYS: Final = frozenset((
    "articlebody", "body", "bodyhtml", "content", "contenthtml", "html", "text", "fulltext", "maintext",
))  # fmt: skip


def is_free(things: Sequence[linked.Thing]) -> bool:
    """Whether a page does not say of its article that it has to be paid for (schema.org, isAccessibleForFree)."""
    about = linked.article(list(things))
    return not any(_is_no(part.get("isAccessibleForFree")) for part in (about, *_parts(about)))


def _parts(about: linked.Thing) -> Sequence[linked.Thing]:
    parts = about.get("hasPart")
    listed = parts if isinstance(parts, list) else [parts]
    return [part for part in listed if isinstance(part, dict)][:20]


def _is_no(value: object) -> bool:
    return value is False or (isinstance(value, str) and value.strip().lower().rpartition("/")[2] in ("false", "no"))


def drop_paid(tree: HtmlElement, things: Sequence[linked.Thing]) -> None:
    """Takes out of a page what it names as the part that is not free."""
    for part in _parts(linked.article(list(things))):
        named = part.get("cssSelector")
        if _is_no(part.get("isAccessibleForFree")):
            for selector in (named if isinstance(named, list) else [named])[:10]:
                for element in _matched(tree, selector):
                    if element.tag not in ("html", "body", "main", "article") and element.getparent() is not None:
                        element.drop_tree()


def _matched(tree: HtmlElement, selector: object) -> list[HtmlElement]:
    if not isinstance(selector, str) or not selector.strip():
        return []
    try:
        return select(tree, selector)
    except Unreadable:
        return []


def kind_of(tree: HtmlElement, things: Sequence[linked.Thing]) -> PageKind:
    """What a page is, by what it says, its notices and its size; its tree is not changed.

    Whether an article goes on elsewhere is another question (`pager`).
    """
    about = linked.article(list(things))
    is_declared = bool(about.get("headline") or about.get("articleBody")) or _is_shared_as_article(tree)
    seen = _seen(tree)
    words = len(seen)
    if not is_declared and words <= 4 * _SHORT:
        kind = _notice(tree, seen)
        if kind is not PageKind.ARTICLE:
            return kind
    if not is_free(things) or (words <= _SHORT and _has_gate(tree)):
        return PageKind.PAYWALL
    if words <= _EMPTY and _needs_scripts(tree, words):
        return PageKind.SHELL
    return PageKind.ARTICLE


def _is_shared_as_article(tree: HtmlElement) -> bool:
    return any(
        meta.get("property") == "article:published_time"
        or (meta.get("property") == "og:type" and meta.get("content", "").lower() == "article")
        for meta in tree.iter("meta")
    )


def _needs_scripts(tree: HtmlElement, words: int) -> bool:
    runs = any("json" not in script.get("type", "") for script in tree.iter("script"))
    is_data = any(_DATA.search(f"{script.get('id', '')} {(script.text or '')[:60]}") for script in tree.iter("script"))
    root = tree.xpath("boolean(//div[@id='root' or @id='app' or @id='__next' or @id='__nuxt' or @id='gatsby'])")
    return (runs or is_data) and (words <= _EMPTY // 3 or bool(root))


def _notice(tree: HtmlElement, seen: Sequence[str]) -> PageKind:
    """The kind of a page that has few words and no article that it declares."""
    words = len(seen)
    markers = any(
        _MARKERS.search(f"{script.get('src', '')} {(script.text or '')[:3000]}") for script in tree.iter("script")
    )
    if markers and words <= _SHORT:
        return PageKind.CHALLENGE
    heads = [squeeze(element_text(head))[:200] for head in tree.iter("title", "h1", "h2")][:4]
    for kind, pattern in _NOTICES.items():
        if words > _SHORT and (kind is not PageKind.CONSENT or len(pattern.findall(" ".join(seen))) < _OFTEN):
            continue
        if any(pattern.search(head) for head in heads):
            return kind
    if words <= _SHORT and tree.xpath("boolean(//input[@type='password'])"):
        return PageKind.LOGIN
    return PageKind.ARTICLE


def _has_gate(tree: HtmlElement) -> bool:
    """Whether the page shows an offer in the place of the rest; one that is hidden waits for other readers."""
    return any(
        _PAYWALL.search(f"{element.get('class', '')} {element.get('id', '')}"[:300])
        and not any(is_hidden(outer) for outer in (element, *element.iterancestors()))
        and element.text_content().strip()
        for element in tree.iter("div", "section", "aside")
    )


def _seen(tree: HtmlElement) -> list[str]:
    """The words of a page's body, those of its navigation left out; no more than are needed to tell."""
    words: list[str] = []
    skipped = ("script", "style", "noscript", "nav", "footer", "template", "svg", "select", "button", "title")
    hidden = {inner for element in tree.iter(*skipped) for inner in element.iter()}
    for element in tree.iter():
        if element not in hidden:
            words += (element.text or "").split()
        if element.getparent() not in hidden and element is not tree:
            words += (element.tail or "").split()
        if len(words) > 5 * _SHORT:
            break
    return words


def data_markup(tree: HtmlElement, things: Sequence[linked.Thing]) -> str:
    """The article's text as markup where only a page's data holds it: JSON-LD, or the state of a script application.

    Empty where there is none.  Whoever asks has seen that the article is free (`is_free`).
    """
    if len(said_in(things).split()) >= _TEXT:
        return declared_markup(things)
    best = ""
    for script in tree.iter("script"):
        text = (script.text or "").strip()
        named = f"{script.get('id', '')} {text[:60]}"
        if len(text) <= _LARGEST_DATA and (_DATA.search(named) or script.get("type", "") == "application/json"):
            for value in _texts(_parsed(text)):
                if len(value) > len(best) and len(plain(value).split()) >= _TEXT:
                    best = value
    return _as_markup(best)


def declared_markup(things: Sequence[linked.Thing]) -> str:
    """The article's text as JSON-LD gives it, as markup."""
    return _as_markup(max((str(thing.get("articleBody") or "") for thing in things), key=len, default=""))


def _as_markup(text: str) -> str:
    if re.search(r"<(?:p|div|br)\b", text):
        return text
    return as_markup(text if "\n\n" in text else text.replace("\n", "\n\n"))


def _parsed(text: str) -> Any:
    begin = text.find("{")
    try:
        return json.JSONDecoder().raw_decode(text, begin)[0] if begin >= 0 else None
    except (ValueError, RecursionError):
        return None


def _texts(data: Any) -> Iterator[str]:
    """The texts that stand under names of a body, in an object that has a title, too."""
    stack = [data]
    for _ in range(_MOST_VALUES):
        if not stack:
            return
        value = stack.pop()
        if isinstance(value, list):
            stack.extend(value[:500])
        elif isinstance(value, dict):
            if (
                _is_no(value.get("isAccessibleForFree"))
                or value.get("isPremium") is True
                or value.get("premium") is True
            ):
                continue
            stack.extend(inner for inner in value.values() if isinstance(inner, (dict, list)))
            titled = {"title", "headline", "name"} & value.keys()
            for key, inner in value.items():
                if titled and isinstance(inner, str) and key.lower() in _BODY_KEYS:
                    yield inner
