"""What templates are given, by the names of the tables and of what is in them; docs/themes.md is written from this.

Every name is always given; what there is none of is "", None or empty, as its type says.  A value whose name ends in
`_html` is markup that was cleaned when it was saved; every other value is text, and is escaped where it is shown.
"""

from __future__ import annotations

from typing import Annotated, Any, TypedDict, get_type_hints


class Link(TypedDict):
    """A name that leads somewhere."""

    name: str
    url: str


class Titled(TypedDict):
    """An article by its title."""

    title_html: str
    url: str


class Menu(TypedDict):
    """An entry of a menu."""

    name: str
    url: str
    current: Annotated[bool, "whether it leads to the page that is shown"]
    entries: Annotated[list[Menu], "those below it"]


class Rendition(TypedDict):
    """A picture cut to a size."""

    src: str
    width: int
    height: int


class Image(TypedDict):
    """A picture."""

    src: str
    srcset: Annotated[str, "its sizes of the same proportions"]
    alt: str
    width: Annotated[int, '"" where it is not known']
    height: Annotated[int, '"" where it is not known']
    caption_html: str
    sizes: Annotated[dict[str, Rendition], 'by name: `image.sizes.get("hero")`; older pictures lack it']


class Author(TypedDict):
    """Who wrote an article."""

    name: str
    url: Annotated[str, '"" for authors of other sites']
    about_html: str
    initials: str
    tone: Annotated[int, "1 to 6: the class `avatar-N`"]


class Attribution(TypedDict):
    """Where an article came from."""

    text: Annotated[str, '"First published by"']
    source: str
    url: Annotated[str, "of the original"]
    canonical: str


class Story(TypedDict):
    """An article or a page; `content_html` where the whole of it is shown only."""

    title_html: Annotated[str, "never empty"]
    url: str
    date_iso: str
    date_text: Annotated[str, "as the site writes dates"]
    author: Author | None
    image: Image | None
    updated_iso: Annotated[str, '"" where it stands as it was published']
    updated_text: str
    excerpt_html: str
    standfirst_html: Annotated[str, "the excerpt that somebody wrote"]
    content_html: str
    categories: list[Link]
    tags: list[Link]
    told_by: Annotated[list[str], "names of others who told the same, on the front page"]
    attribution: Attribution | None
    language: Annotated[str | None, "BCP 47, where it is not the site's"]


class Pages(TypedDict):
    """The place of a page among others."""

    number: int
    total: int
    previous: Annotated[str | None, "address"]
    next: Annotated[str | None, "address"]


class Site(TypedDict):
    """The site, in every template."""

    title: str
    tagline: str
    home: Annotated[str, "address of the front page"]
    language: Annotated[str, "BCP 47"]
    direction: Annotated[str, "`ltr` or `rtl`"]
    search: Annotated[str, "address that takes `?s=`"]
    feed: Annotated[str, "address of the RSS feed"]
    stylesheet: Annotated[str, "address of the style: ours with the theme's"]
    today_text: Annotated[str, "today's date in words"]
    logo: Image | None
    icon: str
    touch_icon: str
    menu: Annotated[list[Menu], "the menu of the head; without one the sections"]
    sections: Annotated[list[Menu], "the fullest categories"]
    footer_menu: Annotated[list[Menu], "the menu of the foot; without one the pages"]
    menus: Annotated[dict[str, list[Menu]], "by the places that theme.toml names"]
    head_html: Annotated[str, "the owner's own markup for the end of the head"]
    foot_html: Annotated[str, "the owner's own markup for the end of the page"]


class HeadLink(TypedDict):
    """A `link` of the head."""

    rel: str
    href: str
    type: str
    title: str


class Head(TypedDict):
    """What a page says of itself to machines, in every template."""

    title: str
    description: str
    canonical: str
    robots: str
    tdm: Annotated[bool, "whether text and data mining is reserved"]
    type: Annotated[str, "`website`, `article` or `profile`"]
    social: Annotated[list[tuple[str, str]], "names and values for cards of other sites"]
    json_ld: Annotated[list[str], "JSON that is safe inside a script element"]
    links: list[HeadLink]
    style: Annotated[str, "the rules of the text's blocks, safe inside a style element"]


class Avatar(TypedDict):
    """What stands for a person."""

    initials: str
    tone: int
    picture: Annotated[str, "address"]


class Comment(TypedDict):
    """A comment."""

    id: int
    author: str
    url: str | None
    avatar: Avatar | None
    date_iso: str
    date_text: str
    content_html: str
    is_waiting: Annotated[bool, "shown to its author alone"]
    reply: Annotated[str | None, "address of the form that answers it"]
    children: list[Comment]


class Person(TypedDict):
    """Who is logged in, with addresses."""

    name: str
    profile: str
    log_out: str


class Policy(TypedDict):
    """The page on privacy."""

    url: str
    title: str


class Form(TypedDict):
    """The form for a comment."""

    action: str
    post: int
    parent: Annotated[int, "what is answered, 0 for the article itself"]
    answered: Annotated[str, "whose comment is answered"]
    cancel: Annotated[str, "address"]
    user: Person | None
    nonce: str
    time: str
    is_required: Annotated[bool, "whether name and address are"]
    author: str
    email: str
    website: str
    text: str
    consent: Annotated[bool, "whether readers are asked if they may be remembered"]
    is_remembered: bool
    longest: Annotated[dict[str, int], "`author_name`, `author_email`, `author_url`, `content`"]
    note: Policy | None


class Turning(TypedDict):
    """The place of a page of comments among others."""

    older: str | None
    newer: str | None
    number: int
    total: int


class Comments(TypedDict):
    """What readers said."""

    count_text: Annotated[str, '"4 comments"']
    entries: list[Comment]
    pings: list[Comment]
    turning: Turning | None
    form: Form | None
    answered: Annotated[int, "the comment below which the form stands, 0: at the end"]
    login: Annotated[str, 'address, "" unless one has to log in first']
    is_closed: bool
    is_beyond: Annotated[bool, "whether there is no such page"]
    feed: str


class Correspondent(TypedDict):
    """An author over the list of their articles."""

    picture: Annotated[str, 'address, or ""']
    initials: str
    tone: Annotated[int, "1 to 6: the class `avatar-N`"]
    website: str
    feed: str


class Correction(TypedDict):
    """What was corrected in an article."""

    date_iso: str
    date_text: str
    text: str


class Archive(TypedDict):
    """What a list of articles is a list of."""

    kind: Annotated[str, "`category`, `tag`, `author`, `date`, `type` or a taxonomy"]
    label: Annotated[str, '"Category"']
    title: str
    description_html: str
    image: Image | None
    person: Correspondent | None


class Section(TypedDict):
    """A section of the front page."""

    name: str
    url: str
    stories: list[Story]


class FrontPage(TypedDict):
    """`front.html`: the front page."""

    lead: Story | None
    beside: Annotated[list[Story], "three at most"]
    latest: list[Story]
    sections: list[Section]
    pages: Pages


class ArticlePage(TypedDict):
    """`article.html`: one article."""

    story: Story
    comments: Comments | None
    pages: Annotated[Pages, "the parts of an article that its author split"]
    related: list[Story]
    alike: Annotated[list[Story], "others that tell the same"]
    corrections: Annotated[list[Correction], "the last first"]
    earlier: Titled | None
    later: Titled | None


class PagePage(TypedDict):
    """`page.html`: a page that is no news."""

    story: Story
    comments: Comments | None
    pages: Pages
    children: list[Link]


class ArchivePage(TypedDict):
    """`archive.html`: the articles of a category, a tag, an author, a day."""

    archive: Archive
    stories: list[Story]
    pages: Pages


class SearchPage(TypedDict):
    """`search.html`: what a search has found."""

    query: str
    count_text: Annotated[str, '"12 stories"']
    stories: list[Story]
    pages: Pages


class MissingPage(TypedDict):
    """`missing.html`: there is nothing here, or not any more."""

    status: Annotated[int, "404 or 410"]
    title: Annotated[str, '"Not found", "Taken down" or "Gone"']
    reason: Annotated[str, "why it was taken down"]
    latest: list[Story]


class RefusedPage(TypedDict):
    """`comment-refused.html`: why a comment was not taken."""

    message: str
    form: Form | None
    text: Annotated[str, "what was written"]
    back: Annotated[str | None, "address of the article"]


class EmbedPage(TypedDict):
    """`embed.html`: an article in a frame of another site."""

    story: Story


TEMPLATES: dict[str, type] = {
    "front.html": FrontPage,
    "article.html": ArticlePage,
    "page.html": PagePage,
    "archive.html": ArchivePage,
    "search.html": SearchPage,
    "missing.html": MissingPage,
    "comment-refused.html": RefusedPage,
    "embed.html": EmbedPage,
}
"""What each template is given beside `site` and `head`."""
TABLES: tuple[type, ...] = (
    *(Site, Menu, Head, HeadLink, Story, Author, Image, Rendition, Attribution, Link, Titled, Pages, Archive, Section),
    *(Correspondent, Correction, Comments, Comment, Avatar, Turning, Form, Person, Policy),
)
"""What these are made of."""


def described(table: type) -> list[tuple[str, Any, str]]:
    """The names of a table with their types, and what is to be said of them."""
    hints = get_type_hints(table, include_extras=True)
    return [
        (name, getattr(hint, "__origin__", hint) if notes(hint) else hint, notes(hint)) for name, hint in hints.items()
    ]


def notes(hint: Any) -> str:
    return " ".join(getattr(hint, "__metadata__", ()))
