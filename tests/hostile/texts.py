"""Texts that are small to send and would be large or slow to show."""

from __future__ import annotations

from collections.abc import Mapping

GROUP = "<!-- wp:group -->"
QUERY = '<!-- wp:query {"query":{"perPage":100}} --><!-- wp:post-template --><!-- wp:post-content /-->'
ENDS = "<!-- /wp:post-template --><!-- /wp:query -->"

CONTENTS: Mapping[str, str] = {
    "unclosed groups, 8 kB": GROUP * 500,
    "unclosed groups, 51 kB": GROUP * 3_000,
    "unclosed groups, 850 kB": GROUP * 50_000,
    "unclosed groups with text": (GROUP + "xxxxxxxx ") * 2_000,
    "unclosed paragraphs": "<!-- wp:paragraph --><p>x</p>" * 20_000,
    "closed groups, deep": GROUP * 1_500 + "<!-- /wp:group -->" * 1_500,
    "many small blocks": "<!-- wp:paragraph --><p>x</p><!-- /wp:paragraph -->" * 40_000,
    "many styled blocks": '<!-- wp:group {"style":{"spacing":{"padding":"1px"}}} --><div></div><!-- /wp:group -->'
    * 9_000,
    "unclosed lists": "<!-- wp:list --><ul>" * 2_000,
    "galleries": '[gallery ids="1,2,3"]' * 2_500,
    "galleries without end": "[gallery" * 100_000,
    "captions": "[caption]" * 90_000,
    "captions in captions": '[caption width="1" caption="x"]' * 9_000 + "[/caption]" * 9_000,
    "playlists": '[playlist ids="1,2,3"]' * 9_000,
    "players": '[audio src="http://a.example/a.mp3"]' * 9_000,
    "addresses to embed": "https://www.youtube.com/watch?v=abcdefghijk\n\n" * 9_000,
    "queries of everything": (QUERY + ENDS) * 30,
    "queries in queries": QUERY * 12 + ENDS * 12,
    "latest posts": '<!-- wp:latest-posts {"postsToShow":100,"displayPostContent":true} /-->' * 500,
    "clouds and lists of terms": "<!-- wp:tag-cloud /--><!-- wp:categories /--><!-- wp:archives /-->" * 5_000,
    "times to read": "<!-- wp:post-time-to-read /-->" * 9_000,
    "patterns": '<!-- wp:block {"ref":1} /-->' * 20_000,
    "deep elements": "<div>" * 100_000,
    "unclosed elements": "<b><i><a href=x>" * 30_000,
    "one long element": "<a" + " b=c" * 200_000 + ">",
    "attributes without end": '<a href="' * 100_000,
    "comments without end": "<!--" * 200_000,
    "entities": "&amp;&#x26;&lt;" * 100_000,
    "quotes": "\"'\"'" * 250_000,
    "brackets": "[[[[" * 250_000,
    "breaks": "x\n\n" * 300_000,
    "blanks": " " * 1_000_000,
    "a long word": "x" * 4_000_000,
    "words of many kinds": " ".join(f"w{number:x}" for number in range(120_000)),
    "smilies": ":) " * 300_000,
    "products": "9x9 " * 200_000,
    "attributes of blocks, deep": '<!-- wp:x {"a":' + "[" * 400_000 + "]" * 400_000 + "} /-->",
    "more and pages": "<!--more--><!--nextpage-->" * 40_000,
    "footnotes": '<sup data-fn="a" class="fn"><a href="#a" id="b">1</a></sup>' * 20_000,
    "styles": '<p style="' + "color:red;" * 90_000 + '">x</p>',
    "tables": "<table><tr><td>" * 40_000,
}
