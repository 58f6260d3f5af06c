"""The nouns of the wire in: sources and their rules, what feeds and pages give, where a post came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from wirepress.model.memory import Memory as Memory
from wirepress.model.memory import Tempo as Tempo
from wirepress.model.origin import Origin as Origin
from wirepress.model.origin import OriginFacts as OriginFacts
from wirepress.model.origin import OriginState as OriginState
from wirepress.model.original import UpdatePolicy
from wirepress.model.page_kind import PageKind
from wirepress.model.policies import Arrival as Arrival
from wirepress.model.policies import Byline as Byline
from wirepress.model.policies import CanonicalPolicy as CanonicalPolicy
from wirepress.model.policies import DatePolicy as DatePolicy
from wirepress.model.policies import Openness as Openness
from wirepress.model.policies import Pictures as Pictures
from wirepress.model.policies import Rights as Rights
from wirepress.model.policies import SignalPolicy as SignalPolicy
from wirepress.model.policies import SourceKind as SourceKind
from wirepress.model.signals import Signals
from wirepress.model.skip_reason import SkipReason as SkipReason
from wirepress.model.story import Duplicates as Duplicates
from wirepress.model.story import Like as Like


@dataclass(frozen=True, slots=True)
class Rules:
    """How one source is read.  Selectors are CSS; an empty one leaves the choice to the general reader."""

    links: str = ""
    """On a listing page: the links to articles, within each item where `items` says what those are."""
    body: str = ""
    """On an article page: what holds the text."""
    remove: str = ""
    """What is cut out of the body with all that is in it."""
    unwrap: str = ""
    """What is cut out of the body but leaves its children."""
    category: str = ""
    """Name or slug of the category that its posts get; empty for the site's default."""
    author: str = ""
    """Login of the user that its posts belong to; empty for the site's choice."""
    date: DatePolicy = DatePolicy.ORIGINAL
    comments: Openness = Openness.CLOSED
    pings: Openness = Openness.CLOSED
    canonical: CanonicalPolicy = CanonicalPolicy.ORIGINAL
    picture: bool = False
    """Whether the lead picture may be taken under `excerpt` and `link`; under `full` it always may."""
    page: bool = True
    """Whether the article's page is fetched; if not, the feed's own content is all there is."""
    arrival: Arrival = Arrival.PUBLISH
    byline: Byline = Byline.USER
    filters: tuple[str, ...] = ()
    """What is taken and what is not, a line each (`syndicate.filters`)."""
    terms: tuple[str, ...] = ()
    """What becomes of the terms that the source gives its articles, a line each (`syndicate.filters`)."""
    updates: UpdatePolicy = UpdatePolicy.FOLLOW
    items: str = ""
    """On a listing page: what holds one article each; and within it ..."""
    titles: str = ""
    """... its title, where the text of its link is not that ..."""
    dates: str = ""
    """... and its date."""
    duplicates: Duplicates = Duplicates.LINK
    pictures: Pictures = Pictures.ALL
    signals: SignalPolicy = SignalPolicy.LICENCE
    websub: bool = True
    """Whether hubs that it names are asked to tell of its news."""
    max_age: int = 0
    """Days: what was published longer ago is not brought in.  0: however old it is."""
    max_per_run: int = 0
    """Articles that come in of one asking of the source, the others wait.  0: all that there are ..."""
    max_per_day: int = 0
    """... and in one day, as the site's zone has it."""


@dataclass(frozen=True, slots=True)
class Source:
    """Somewhere that articles come from."""

    id: int
    url: str
    name: str = ""
    kind: SourceKind = SourceKind.FEED
    rights: Rights = Rights.EXCERPT
    active: bool = True
    rules: Rules = field(default_factory=Rules)
    memory: Memory = field(default_factory=Memory)
    interval: int = 1800
    """Seconds between two looks."""

    @property
    def pictures(self) -> Pictures:
        """Which pictures are taken: what its rules want, as far as its rights reach."""
        if self.rights is Rights.FULL:
            return self.rules.pictures
        wanted = self.rules.picture and self.rules.pictures is not Pictures.NONE
        return Pictures.LEAD if wanted else Pictures.NONE


@dataclass(frozen=True, slots=True)
class Medium:
    """A picture, sound or film that an entry or a page names."""

    url: str
    type: str = ""
    """Media type as declared, which need not be true."""
    width: int = 0
    height: int = 0
    alt: str = ""
    caption: str = ""
    credit: str = ""
    """Who made it or holds the rights, in one line."""
    length: int = 0
    """Octets as declared, 0 where nobody says."""

    @property
    def caption_and_credit(self) -> str:
        """The caption, with who made it where it does not say so itself."""
        if not self.credit or self.credit.casefold() in self.caption.casefold():
            return self.caption
        return f"{self.caption} ({self.credit})" if self.caption else self.credit

    @property
    def is_image(self) -> bool:
        """Whether it is declared to be a picture, or looks like one by its address."""
        if self.type:
            return self.type.startswith("image")
        path = self.url.partition("?")[0].lower()
        return path.endswith((".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif"))


@dataclass(frozen=True, slots=True)
class Entry:
    """An article as a feed or a listing names it.  Markup is raw: hostile until cleaned."""

    guid: str
    """The feed's own identifier, or the link where it gives none."""
    link: str = ""
    title: str = ""
    """Plain text."""
    summary: str = ""
    content: str = ""
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    updated: datetime | None = None
    categories: tuple[str, ...] = ()
    schemes: tuple[str, ...] = ()
    """Of each category the list that it stands in (RSS `domain`, Atom `scheme`), empty where none is named."""
    media: tuple[Medium, ...] = ()
    language: str = ""
    """As BCP 47 has it, where it or its feed names one."""
    comments: str = ""
    """The address of a feed of what readers say to it (`wfw:commentRss`, `thr`)."""
    publisher: str = ""
    """Who published it first, where the feed says so (`atom:source`, RSS `source`), else the feed's own title."""
    licence: str = ""
    digest: str = ""
    """Of all that was said of it here (`syndicate.same`), where it was made with the reading."""
    is_part: bool = False
    """Whether others of the document have the same address: it names no article then, and its page is that of many."""
    is_whole: bool = False
    """Whether its content is the whole article: its page need not be asked for."""


@dataclass(frozen=True, slots=True)
class Cadence:
    """How often a feed asks to be looked at (RSS `ttl skipHours skipDays`, RSS 1.0 `sy:*`)."""

    every: int = 0
    """Seconds; 0 where it does not say."""
    quiet_hours: frozenset[int] = frozenset()
    """Hours of the day, in UTC, in which nothing new comes."""
    quiet_days: frozenset[int] = frozenset()
    """Days of the week, Monday 0, on which nothing new comes."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed document, read."""

    title: str = ""
    licence: str = ""
    language: str = ""
    home: str = ""
    """The address of the site that it is of."""
    itself: str = ""
    """The address that it says is its own: what its hubs know it by (WebSub, section 4)."""
    hubs: tuple[str, ...] = ()
    cadence: Cadence = Cadence()
    entries: tuple[Entry, ...] = ()
    warning: str = ""
    """One line on what was wrong with a document that could be read all the same."""


@dataclass(frozen=True, slots=True)
class Page:
    """What an article's page says of itself."""

    url: str
    canonical: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    modified: datetime | None = None
    description: str = ""
    picture: Medium | None = None
    more_pictures: tuple[Medium, ...] = ()
    """Others that it names as its article's own."""
    publisher: str = ""
    licence: str = ""
    tags: tuple[str, ...] = ()
    signals: Signals = field(default_factory=Signals)


@dataclass(frozen=True, slots=True)
class Article:
    """An article as its page gives it: its facts, and its body as clean block markup."""

    page: Page
    body: str = ""
    """Of a page that is no whole article (`kind`): what there is of it, which is not for publication."""
    kind: PageKind = PageKind.ARTICLE
    next: str = ""
    """Of one page of several (`PageKind.PAGED`), the address of the one after it."""


@dataclass(frozen=True, slots=True)
class Dispatch:
    """An article made ready for publication here, within the rights of its source."""

    title: str
    body: str = ""
    """Block markup without the attribution; empty where the rights do not reach."""
    excerpt: str = ""
    """Plain text."""
    date: datetime | None = None
    """None: the moment of arrival."""
    categories: tuple[str, ...] = ()
    author: str = ""
    """A user's login."""
    name: str = ""
    """Of an author who becomes a user where there is none of this name; "" leaves it at `author`."""
    status: Arrival = Arrival.PUBLISH
    rule: str = ""
    """The filter's line that gives it this status; "" where the source does."""
    tags: tuple[str, ...] = ()
    enclosures: tuple[Medium, ...] = ()
    """Sounds and films of it, each with its media type."""
    picture: Medium | None = None
    more_pictures: tuple[Medium, ...] = ()
    """What else may go with it where the picture turns out to be none."""
    comments: Openness = Openness.CLOSED
    pings: Openness = Openness.CLOSED
    narrowed: str = ""
    """What the page's signals took away of it, in one line."""
    is_paid: bool = False
    """Whether its page says that it has to be paid for: of its text no more is here than its feed gives."""


@dataclass(frozen=True, slots=True)
class Create:
    """Publish a new post."""

    origin: Origin
    dispatch: Dispatch
    like: Like | None = None
    """The post whose story it belongs to."""


@dataclass(frozen=True, slots=True)
class Revise:
    """The original changed: what nobody has changed here follows, the rest is offered (`model.original`)."""

    origin: Origin
    dispatch: Dispatch
    changed: tuple[str, ...]
    """The fields in which what came differs from what came before."""
    before: Origin
    """What was known when this was decided; where that is not so any more, it is decided anew."""
    updates: UpdatePolicy = UpdatePolicy.FOLLOW


@dataclass(frozen=True, slots=True)
class Remember:
    """Nothing to publish; the origin's row is written (checked again, seen under another address, skipped)."""

    origin: Origin
    like: Like | None = None
    """The post whose story it belongs to: its source is named there."""


@dataclass(frozen=True, slots=True)
class Skip:
    """Leave it, and say why."""

    reason: SkipReason
    detail: str = ""


Intent = Create | Revise | Remember | Skip
"""What decide asks the adapters to do."""
