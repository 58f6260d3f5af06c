"""Sites whose embeds are trusted, and where each is asked (the providers that WordPress knows; https://oembed.com).

The HTML that one of them answers is shown as it is.  Every other site is asked only where its page names an address to
ask (discovery), and shown in a sandbox.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from wirepress.url.parse import web_url


@dataclass(frozen=True, slots=True)
class Provider:
    """A site by the ends of its hosts and the beginnings of its paths, and its endpoint."""

    hosts: tuple[str, ...]
    endpoint: str
    paths: re.Pattern[str] = re.compile(r"/.")

    def knows(self, host: str, path: str) -> bool:
        """Whether an address (host in lower case; path with its query) is one that it embeds."""
        named = any(host == name or host.endswith(f".{name}") for name in self.hosts)
        return named and self.paths.match(path) is not None


def _of(hosts: str, endpoint: str, paths: str = r"/.") -> Provider:
    return Provider(tuple(hosts.split()), endpoint, re.compile(paths, re.IGNORECASE))


PROVIDERS: Final = (
    _of("youtube.com", "https://www.youtube.com/oembed", r"/(?:watch|playlist|shorts/|live/)"),
    _of("youtu.be", "https://www.youtube.com/oembed"),
    _of("vimeo.com", "https://vimeo.com/api/oembed.json"),
    _of("dailymotion.com dai.ly", "https://www.dailymotion.com/services/oembed"),
    _of("flickr.com flic.kr", "https://www.flickr.com/services/oembed/"),
    _of("smugmug.com", "https://api.smugmug.com/services/oembed/"),
    _of("scribd.com", "https://www.scribd.com/services/oembed", r"/(?:doc|document)/."),
    _of("wordpress.tv", "https://wordpress.tv/oembed/"),
    _of("crowdsignal.net polldaddy.com poll.fm survey.fm", "https://api.crowdsignal.com/oembed"),
    _of(
        "twitter.com x.com",
        "https://publish.twitter.com/oembed",
        r"/(?:\w{1,15}(?:/status(?:es)?/.|/likes/?\Z|/lists/.|/timelines/.|/?\Z)|i/moments/.)",
    ),
    _of("soundcloud.com", "https://soundcloud.com/oembed"),
    _of("open.spotify.com play.spotify.com", "https://embed.spotify.com/oembed/"),
    _of("imgur.com", "https://api.imgur.com/oembed"),
    _of("issuu.com", "https://issuu.com/oembed_wp", r"/[^/?]+/docs/."),
    _of("mixcloud.com", "https://app.mixcloud.com/oembed/"),
    _of("ted.com", "https://www.ted.com/services/v1/oembed.json", r"/talks/."),
    _of("animoto.com video214.com", "https://animoto.com/oembeds/create", r"/play/."),
    _of("tumblr.com", "https://www.tumblr.com/oembed/1.0"),
    _of("kickstarter.com", "https://www.kickstarter.com/services/oembed", r"/projects/."),
    _of("kck.st", "https://www.kickstarter.com/services/oembed"),
    _of("cloudup.com", "https://cloudup.com/oembed"),
    _of("reverbnation.com", "https://www.reverbnation.com/oembed"),
    _of("videopress.com", "https://public-api.wordpress.com/oembed/?for=wirepress", r"/v/."),
    _of("reddit.com", "https://www.reddit.com/oembed", r"/r/[^/?]+/comments/."),
    _of("speakerdeck.com", "https://speakerdeck.com/oembed.json"),
    _of("screencast.com", "https://api.screencast.com/external/oembed"),
    _of("read.amazon.com amazon.com a.co amzn.to", "https://read.amazon.com/kp/api/oembed"),
    _of("read.amazon.co.uk amazon.co.uk amzn.eu", "https://read.amazon.co.uk/kp/api/oembed"),
    _of("read.amazon.in amazon.in amzn.in", "https://read.amazon.in/kp/api/oembed"),
    _of("tiktok.com", "https://www.tiktok.com/oembed", r"/(?:@.|[^?]*/video/.)"),
    _of("pinterest.com pinterest.co.uk pinterest.de pinterest.fr", "https://www.pinterest.com/oembed.json"),
    _of("wolframcloud.com", "https://www.wolframcloud.com/oembed", r"/(?:obj|env)/."),
    _of("pca.st", "https://pca.st/oembed.json"),
    _of("play.anghami.com", "https://api.anghami.com/rest/v1/oembed.view", r"/(?:song|album|playlist)/."),
    _of("bsky.app", "https://embed.bsky.app/oembed", r"/profile/[^/?]+/post/."),
    _of("canva.com", "https://canva.com/_oembed", r"/design/[^?]+/view"),
)


def provider_of(url: str) -> Provider | None:
    """The provider of an address, None when it is none of those that are trusted."""
    found = web_url(url)
    if found is None:
        return None
    path = f"{found.path}{f'?{found.query}' if found.query else ''}"
    return next((provider for provider in PROVIDERS if provider.knows(found.host, path)), None)
