"""What a change of addresses does, said before it is made: nobody locks themselves or their readers out unawares."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from wirepress.admin.settings.fields import Preset, Values
from wirepress.admin.visit import Visit
from wirepress.content import permalinks
from wirepress.content.posts import reading
from wirepress.content.rewrite.rules import TAGS
from wirepress.content.site import Site
from wirepress.model.post import Post
from wirepress.model.query import PostQuery

PRESETS = (
    ("", "Plain"),
    ("/%year%/%monthnum%/%day%/%postname%/", "Day and name"),
    ("/%year%/%monthnum%/%postname%/", "Month and name"),
    ("/archives/%post_id%", "Numeric"),
    ("/%postname%/", "Post name"),
)
"""WordPress's structures and what it calls them."""
STRUCTURE_TAGS = tuple(TAGS)


def fixed_address(visit: Visit) -> str:
    """Why the addresses cannot be changed here."""
    if visit.site.address:
        return visit.say("Whoever runs the server has set this (setting “address”).")
    return ""


def of_addresses(visit: Visit, values: Values) -> Sequence[str]:
    """What it means that the site or its administration gets another address."""
    said = []
    say = visit.say
    home, base = values["home"].rstrip("/"), values["siteurl"].rstrip("/")
    if home != visit.site.home:
        said.append(say("Readers find the site at %(address)s from now on. Links, feeds and the API say so at once.",
                        address=home))  # fmt: skip
    if base != visit.site.base:
        said += [
            say("The administration is at %(address)s from now on. Everybody is logged out and logs in there anew, you"
                " too.", address=f"{base}/wp-admin/"),
            say("Open %(address)s in another tab first: it has to show this site's login. If it does not, you lock"
                " everybody out.", address=f"{base}/wp-login.php"),
        ]  # fmt: skip
    if said:
        name, before = ("siteurl", visit.site.base) if base != visit.site.base else ("home", visit.site.home)
        said.append(say("Whoever runs the server can take this back: %(command)s",
                        command=f"wirepress option set {name} {before}"))  # fmt: skip
    return said


def of_permalinks(visit: Visit, values: Values) -> Sequence[str]:
    """What it means that articles and archives get other addresses."""
    site = visit.site
    changed = {name: values[name] for name in ("permalink_structure", "category_base", "tag_base")}
    after = replace(site, options={**site.options, **changed})
    said = []
    if after.structure != site.structure:
        number = reading.counts(visit.view, visit.viewer, "post").get("publish", 0)
        said.append(visit.language.count("%(count)s published article gets another address.",
                                         "%(count)s published articles get other addresses.", number))  # fmt: skip
        said += _moved(visit, after)
    for taxonomy in ("category", "post_tag"):
        before, then = (permalinks.term_base(one, taxonomy) for one in (site, after))
        if before != then and after.structure:
            said.append(visit.say("Archives are at /%(after)s/… instead of /%(before)s/…", after=then, before=before))
    return said


def _moved(visit: Visit, after: Site) -> list[str]:
    post = _newest(visit)
    before, then = (permalinks.permalink(site, post, visit.view.lookup) for site in (visit.site, after))
    said = [visit.say("For example %(after)s instead of %(before)s", after=then, before=before)]
    # What stands outside index.php is not looked up where all addresses go through it.
    found = bool(after.structure) and (not after.root or bool(visit.site.root))
    if not visit.site.structure:
        said.append(visit.say("Old addresses lead to the new ones."))
    elif found and "%postname%" in visit.site.structure:
        said.append(visit.say("Old addresses lead to the new ones by the name of the article in them; where several"
                              " articles begin with the same name, the wrong one may be found."))  # fmt: skip
    else:
        said.append(
            visit.say("Old addresses are not found any more: links on other sites and in search engines break.")
        )
    said.append(visit.say("The addresses of the administration and of the API stay."))
    return said


def _newest(visit: Visit) -> Post:
    """The newest article, else one that could be."""
    query = PostQuery(per_page=1, with_total=False)
    for found in reading.browse(visit.view, visit.viewer, query).ids:
        post = visit.view.lookup.post(found)
        if post is not None:
            return post
    local, _ = visit.view.stamps()
    return Post(123, "post", "publish", slug="an-article", date=local, author=visit.viewer.id)


def structures(visit: Visit) -> Sequence[Preset]:
    post = _newest(visit)
    return [Preset(value, visit.say(label), _address_under(visit, value, post)) for value, label in PRESETS]


def structure_example(visit: Visit, structure: str) -> str:
    """The address of an article under a structure."""
    return _address_under(visit, structure, _newest(visit))


def _address_under(visit: Visit, structure: str, post: Post) -> str:
    tidy = re.sub("/+", "/", f"/{structure.strip()}") if structure.strip() else ""
    site = replace(visit.site, options={**visit.site.options, "permalink_structure": tidy})
    return permalinks.permalink(site, post, visit.view.lookup)
