"""The reader's site: which page an address shows, and its HTML."""

from __future__ import annotations

import hashlib
import html
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, timedelta
from types import MappingProxyType
from urllib.parse import urlencode

from wirepress.content import customisations, redirections
from wirepress.content.addresses.archive import first_page, parts_of, show
from wirepress.content.addresses.links import link_headers
from wirepress.content.addresses.page import Shown, address_of
from wirepress.content.comments.writing import closing_of, open_for_pings
from wirepress.content.identity import post_passwords
from wirepress.content.identity.viewer import ANONYMOUS
from wirepress.content.newsroom import Newsroom, View
from wirepress.content.posts import corrections, gone, reading
from wirepress.content.posts.provenance import Provenance, provenance
from wirepress.content.rewrite.rules import resolve
from wirepress.content.rewrite.target import Shows, Target
from wirepress.content.site import Site
from wirepress.content.stories.reading import others_of
from wirepress.content.takedowns import reading as takedowns
from wirepress.model.moment import Stamp, stamp
from wirepress.model.post import Post
from wirepress.model.query import PostQuery
from wirepress.model.takedown import Disclosure, Takedown
from wirepress.model.web import Request, Response
from wirepress.render.blocks.shown import counted
from wirepress.site import menus, previews, styleguide
from wirepress.site.assets import FOLDER
from wirepress.site.beside import beside
from wirepress.site.blocks import embeds
from wirepress.site.cards import Cards
from wirepress.site.commenting import Commenting
from wirepress.site.discussion import asking, discussion
from wirepress.site.fixed import CLOSED, HTML, ICON, NO_CACHE, entrance, fixed, refused, towards
from wirepress.site.frame import PAGES, Categories, Frame, frame_of
from wirepress.site.front import Ahead, ahead, front_context
from wirepress.site.head import head_context, site_context
from wirepress.site.headings import heading
from wirepress.site.look import Looks
from wirepress.site.slots import Slots
from wirepress.site.stories import Context, content, date_text, iso, stories, title_html
from wirepress.web.headers import Headers, Kind, guards


class Reader:
    """Answers readers' addresses with pages."""

    def __init__(self, newsroom: Newsroom) -> None:
        self.newsroom = newsroom
        self.cards = Cards(newsroom)
        self.looks = Looks(newsroom, self.cards.clear)
        self.commenting = Commenting(newsroom, self.not_commented)
        self._frame: tuple[Site, Frame, set[str]] | None = None

    def frame(self, view: View, categories: Categories | None = None) -> Frame:
        """The frame of all pages, looked for once while the site stands as it is (`View.site` is one an epoch);
        `categories` where they are known."""
        kept = self._frame
        if kept is None or kept[0] is not view.site:
            with view.unit.collecting() as tags:
                frame = frame_of(view, categories)
            self._frame = kept = (view.site, frame, tags)
        view.unit.depends(kept[2])
        return kept[1]

    def read_ahead(self, view: View, target: Target) -> Ahead | None:
        """Reads at once what the front page needs, with its frame and its look where they are not known."""
        if target.shows is not Shows.FRONT or target.page != 1 or (query := first_page(view, target)) is None:
            return None
        kept = self._frame
        frame = kept[1] if kept is not None and kept[0] is view.site else None
        others = [] if frame is not None else [menus.NAVIGATION, PAGES]
        if not self.looks.are_known(view):
            others.append(customisations.styles_query(view))
        read = ahead(view, query, frame.categories if frame is not None else None, others, self.cards)
        self.frame(view, read.categories)
        return read

    def answer(self, request: Request) -> Response:
        if request.path == ICON:
            return self.file(f"{FOLDER}icon.svg")
        if request.path.startswith(FOLDER):
            return self.file(request.path)
        if self.commenting.serves(request.path):
            return self.commenting.answer(request)
        with self.newsroom.view() as view:
            if request.path == styleguide.PATH and view.site.flag(styleguide.OPTION):
                return self.style_guide(view)
            return fixed(view, request) or self.found(view, request)

    def file(self, path: str) -> Response:
        """The answer to the address of a file of the site's own."""
        with self.newsroom.view() as view:
            found = self.looks.file(view, path)
        return found or Response(404, [("content-type", "text/plain")], b"Not found\n")

    def settle(self) -> None:
        """Writes down what answers have left to note.  Raises Unavailable where nothing can be written now."""
        self.looks.settle()

    def found(self, view: View, request: Request) -> Response:
        """What an address of a post or of a list of posts leads to."""
        if previews.asked_for(request) and (preview := previews.shown_to_editor(view, request)) is not None:
            assert preview.post is not None
            return private(self.article(view, preview, preview.post, request, is_preview=True))
        target = resolve(view.site, request.path, request.query)
        read = self.read_ahead(view, target)
        shown = show(view, target, request.path)
        if not shown.found or shown.guessed:
            takedown = takedowns.at_address(view, target, request.path)
            if takedown is not None:
                return self.missing(view, replace(shown, found=False), takedown)
        if shown.elsewhere:
            return self.led(view, shown, request)
        if target.feed:
            shown = Shown(target, found=False)
        if target.trackback and shown.post is not None:
            if request.method != "GET":
                return refused(CLOSED)
            return towards(shown.canonical)
        if not shown.found or request.method not in ("GET", "HEAD"):
            return entrance(view, request) or self.redirected(view, shown, request)
        if shown.post is not None:
            return self.article(view, shown, shown.post, request)
        return self.archive(view, shown, read)

    def article(
        self, view: View, shown: Shown, post: Post, request: Request, *, is_preview: bool = False
    ) -> Response:  # fmt: skip
        """The page of one post; who has given its password sees it as if it had none."""
        guarded, pages = post.is_protected, parts(view, shown)
        opened = guarded and post_passwords.opened(view, post, request)
        if opened:
            post = replace(post, password="")
            shown = replace(shown, post=post)
        if shown.target.embed:
            return self.embed(view, shown, post, pages, is_preview=is_preview)
        article, around, known = surrounded(view, post)
        theme = self.looks.of(view).theme
        text = content(view, post, 0 if opened else max(shown.target.part, 1), asked_address(request), theme)
        article["content_html"] = text.html
        head = head_context(view, shown, known, pages) | {"style": text.style}
        context: Context = {"story": article, "head": head, "pages": pages}
        asked = asking(view, post, request)
        comments = context["comments"] = discussion(view, post, shown.target, asked)
        if comments is not None and (asked.reply or comments["is_beyond"]):
            context["head"] |= {"robots": "noindex, follow"}
        template = "page.html" if post.type == "page" else "article.html"
        response = self.page(view, template, 200, context | around, shown, is_preview=is_preview, policy=text.policy)
        if guarded or (comments is not None and asked.is_personal):
            response.headers += NO_CACHE
        response.keepable &= not (text.private or opened or asked.is_personal)
        if response.keepable and comments is not None:
            response.headers += tagged(response.body, comments["form"])
        return response

    def embed(self, view: View, shown: Shown, post: Post, pages: Context, *, is_preview: bool) -> Response:
        """A post as other sites show it in a frame."""
        known = provenance(view, ids_of(post))
        [article] = stories(view, [post], known)
        context = {"story": article, "head": head_context(view, shown, known, pages)}
        return self.page(view, "embed.html", 200, context, shown, is_preview=is_preview)

    def archive(self, view: View, shown: Shown, read: Ahead | None) -> Response:
        pages = paging(view, shown)
        head: Context = {"head": head_context(view, shown, Provenance({}, {}), pages), "pages": pages}
        if shown.target.shows is Shows.FRONT and shown.target.page == 1:
            front = front_context(view, self.frame(view), shown.posts, self.cards, read)
            return self.page(view, "front.html", 200, front | head, shown)
        kept = self.cards.known(view, {post.id: post.version for post in shown.posts})
        context = head | {"stories": self.cards.stories(view, shown.posts, kept)}
        if shown.target.shows is Shows.SEARCH:
            count = counted(shown.total, "story", "stories")
            found = {"query": shown.target.parts["s"], "count_text": count}
            return self.page(view, "search.html", 200, context | found, shown)
        return self.page(view, "archive.html", 200, context | {"archive": heading(view, shown)}, shown)

    def led(self, view: View, shown: Shown, request: Request) -> Response:
        """The way from an address to another; none by a guess where what was there is gone for good."""
        is_guess = shown.guessed and not gone.was_renamed(shown.target, shown.post)
        if is_guess and gone.is_gone(view, request.path, request.query):
            return self.redirected(view, replace(shown, found=False, post=None), request)
        return moved(shown)

    def redirected(self, view: View, shown: Shown, request: Request) -> Response:
        """Where the site's own redirects lead from an address at which nothing else is; else the page that says so."""
        found = redirections.at(view, request.path) if not shown.found else None
        if found is None:
            is_gone = not shown.found and gone.is_gone(view, request.path, request.query)
            return self.missing(view, shown, is_gone=is_gone)
        if found.status == 410:
            return self.missing(view, shown, is_gone=True)
        return Response(found.status, [HTML, ("location", redirections.location(view, found))], b"")

    def missing(
        self, view: View, shown: Shown, takedown: Takedown | None = None, *, is_gone: bool = False
    ) -> Response:  # fmt: skip
        """404, or 410 where something was taken down and readers may know that, or where the owner says that it is gone
        for good; with something to read instead."""
        latest = newest(view, 4)
        known = provenance(view, ids_of(*latest))
        status, title = (410, "Gone") if is_gone else (404, "Not found")
        if takedown is not None and takedown.disclosure is not Disclosure.MISSING:
            status, title = 410, "Taken down"
        reason = takedown.reason if takedown is not None and takedown.disclosure is Disclosure.REASON else ""
        nothing = Shown(shown.target, found=False)
        head = head_context(view, nothing, known) | {"robots": "noindex", "title": title}
        context = {
            "status": status,
            "title": title,
            "reason": reason,
            "latest": stories(view, latest, known),
            "head": head,
        }
        response = self.page(view, "missing.html", status, context, replace(shown, post=None))
        response.headers += NO_CACHE
        return response

    def not_commented(self, view: View, status: int, context: Context) -> Response:
        """The page that says why a comment was not taken."""
        nowhere = Shown(Target(Shows.NOTHING), found=False)
        head = head_context(view, nowhere, provenance(view, [])) | {"robots": "noindex", "title": "Your comment"}
        response = self.page(view, "comment-refused.html", status, context | {"head": head}, nowhere)
        response.headers += NO_CACHE
        response.keepable = False
        return response

    def style_guide(self, view: View) -> Response:
        """All blocks on one page."""
        post = styleguide.style_guide(view)
        nowhere, known = Shown(Target(Shows.NOTHING), found=False), provenance(view, [])
        [page] = stories(view, [post], known)
        text = content(view, post, 0, styleguide.PATH, self.looks.of(view).theme)
        page["content_html"] = text.html
        head = head_context(view, nowhere, known) | {"robots": "noindex", "title": post.title, "style": text.style}
        alone: Context = {"pages": neighbours(1, 1, str), "comments": None, "children": []}
        response = self.page(view, "page.html", 200, {"story": page, "head": head} | alone, nowhere, policy=text.policy)
        response.headers += NO_CACHE
        response.keepable = False
        return response

    def page(
        self, view: View, template: str, status: int, context: Context, shown: Shown, *, is_preview: bool = False,
        policy: Mapping[str, str] = MappingProxyType({})
    ) -> Response:  # fmt: skip
        """A page, with the rules that its text changes of the policy; an error, a card for other sites and a preview
        have none of the owner's markup."""
        frame = self.frame(view)
        site = site_context(view, shown, frame)
        kind = kind_of(shown, is_preview=is_preview)
        slots = frame.slots if kind is Kind.PAGE and status == 200 else Slots()
        site |= {"head_html": slots.head, "foot_html": slots.foot}
        text = self.looks.page(view, template, {"site": site, **context})
        headers = [HTML, *framing(view, kind, {**slots.policy, **policy}), *link_headers(view, shown)]
        if shown.post is not None and view.site.speaks_xmlrpc and open_for_pings(view, shown.post):
            headers.append(("x-pingback", f"{view.site.base}/xmlrpc.php"))
        return Response(status, headers, text.encode(), keepable=status == 200, deadline=_until(view, shown.post))


def _until(view: View, post: Post | None) -> Stamp:
    """Until when a page shows what is so (UTC): it names the day, and the form below an article may close."""
    here = view.now().astimezone(view.site.zone)
    midnight = (here + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)
    closing = closing_of(view, post) if post is not None else None
    return stamp(midnight if closing is None or closing <= view.now() else min(midnight, closing))


def kind_of(shown: Shown, *, is_preview: bool) -> Kind:
    """The kind of a page, for the headers that guard it."""
    if is_preview:
        return Kind.PREVIEW
    return Kind.EMBED if shown.target.embed else Kind.PAGE


def framing(view: View, kind: Kind, policy: Mapping[str, str] = MappingProxyType({})) -> Headers:
    """The headers of a page under a policy, in which frames of other sites are shown where the owner wants that."""
    frames = {"frame_src": "https:"} if embeds.shows_frames(view) else {}
    return guards(kind, **frames, **policy)


def surrounded(view: View, post: Post) -> tuple[Context, Context, Provenance]:
    """A post as a story, what stands around it, and where these came from."""
    if post.type == "page":
        known = provenance(view, ids_of(post))
        [page] = stories(view, [post], known)
        return page, {"children": children(view, post.id)}, known
    alike = others_of(view, post)
    near = beside(view, post, ids_of(*alike))
    known = provenance(view, ids_of(post, *alike, *near.related))
    article, *others = stories(view, [post, *alike, *near.related], known)
    around = {
        "alike": others[: len(alike)],
        "related": others[len(alike) :],
        "earlier": linked(view, near.earlier),
        "later": linked(view, near.later),
        "corrections": corrected(view, post),
    }
    return article, around, known


def tagged(body: bytes, form: Context | None) -> list[tuple[str, str]]:
    """The ETag of a page with a comment form, the same whenever the form was made: who has the page need not fetch it
    again for a newer time in a field.  None without a form: the page's own bytes make it then."""
    if form is None:
        return []
    bare = body.replace(form["time"].encode(), b"")
    return [("etag", f'"{hashlib.blake2b(bare, digest_size=12).hexdigest()}"')]


def corrected(view: View, post: Post) -> list[Context]:
    """What was corrected in an article, the last first; nothing of a protected one."""
    if post.is_protected:
        return []
    return [
        {"date_iso": iso(one.at), "date_text": date_text(view, one.at), "text": one.text}
        for one in corrections.of(post)
    ]


def linked(view: View, post: Post | None) -> Context | None:
    """The title and the address of a post."""
    return {"title_html": title_html(post), "url": view.lookup.permalink(post)} if post is not None else None


def ids_of(*posts: Post) -> list[int]:
    return [post.id for post in posts]


def private(response: Response) -> Response:
    """A page that is one person's: nobody keeps it."""
    names = {name for name, _ in NO_CACHE}
    kept = [pair for pair in response.headers if pair[0] not in names]
    return Response(response.status, [*kept, *NO_CACHE], response.body)


def newest(view: View, number: int, besides: int = 0) -> list[Post]:
    found = reading.browse(view, ANONYMOUS, PostQuery(per_page=number + 1, with_total=False))
    return [post for post in reading.items(view, ANONYMOUS, found.ids) if post.id != besides][:number]


def children(view: View, parent: int) -> list[dict[str, str]]:
    """The pages below a page."""
    query = PostQuery(types=("page",), parents=(parent,), per_page=50, orderby="menu_order", order="asc")
    items = reading.items(view, ANONYMOUS, reading.browse(view, ANONYMOUS, query).ids)
    return [{"name": html.unescape(title_html(page)), "url": view.lookup.permalink(page)} for page in items]


def neighbours(number: int, total: int, address: Callable[[int], str]) -> Context:
    """The place of a page among others, and the addresses beside it."""
    return {
        "number": number,
        "total": total,
        "previous": address(number - 1) if number > 1 else None,
        "next": address(number + 1) if number < total else None,
    }


def paging(view: View, shown: Shown) -> Context:
    """The neighbours of a page of an archive."""

    def address(number: int) -> str:
        if shown.target.shows is Shows.SEARCH:
            return f"{view.site.home}/{view.site.root}?" + urlencode({"s": shown.target.parts["s"], "paged": number})
        return address_of(view, replace(shown, target=replace(shown.target, page=number)))

    return neighbours(shown.target.page, shown.pages, address)


def parts(view: View, shown: Shown) -> Context:
    """The neighbours of a part of an article that its author split."""
    total = 1
    if shown.post is not None and not shown.post.is_protected:
        total = parts_of(shown.post)

    def address(number: int) -> str:
        return address_of(view, replace(shown, target=replace(shown.target, part=number)))

    return neighbours(min(max(shown.target.part, 1), total), total, address)


def asked_address(request: Request) -> str:
    """The path and query that were asked for."""
    return f"{request.path}?{request.query}" if request.query else request.path


def moved(shown: Shown) -> Response:
    headers = [HTML, ("location", shown.elsewhere)]
    if shown.guessed:
        headers += NO_CACHE
    return Response(301, headers, b"", keepable=not shown.guessed)
