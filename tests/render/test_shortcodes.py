from wirepress.render.shortcodes import (
    Shortcode,
    expand,
    parse_attributes,
    strip_shortcodes,
    unwrap_shortcodes,
)


def shown(found: Shortcode) -> str:
    return f"<{found.name}:{dict(found.attributes)}:{list(found.words)}:{found.content}>"


def quiet(found: Shortcode) -> str:
    return f"({found.name}:{found.content})"


HANDLERS = {"gallery": quiet, "caption": quiet}


def test_attributes_with_every_kind_of_quote_and_words_without_a_name() -> None:
    named, words = parse_attributes("""ids="1,2" Size='big' columns=3 "lone word" 'other' flag x=y"z""")
    assert named == {"ids": "1,2", "size": "big", "columns": "3"}
    assert words == ("lone word", "other", "flag", 'x=y"z')


def test_attributes_know_c_escapes_odd_spaces_and_drop_unclosed_tags() -> None:
    named, words = parse_attributes('a="x\\ty"\u00a0b="<i>ok</i>" c="<i"')
    assert named == {"a": "x\ty", "b": "<i>ok</i>", "c": ""}
    assert words == ()


def test_a_shortcode_is_replaced_with_its_content_or_without() -> None:
    assert expand("a [gallery] b [caption]c[/caption] d [gallery/]", HANDLERS) == (
        "a (gallery:) b (caption:c) d (gallery:)"
    )


def test_the_first_closing_tag_ends_what_is_enclosed() -> None:
    assert expand("[caption][caption]x[/caption][/caption]", HANDLERS) == "(caption:[caption]x)[/caption]"


def test_handlers_see_attributes_and_words() -> None:
    assert expand('[gallery ids="1" x]', {"gallery": shown}) == "<gallery:{'ids': '1'}:['x']:>"


def test_doubled_brackets_show_the_shortcode() -> None:
    assert expand("[[gallery]] [[caption]x[/caption]]", HANDLERS) == "[gallery] [caption]x[/caption]"
    assert expand("[[gallery] [gallery]]", HANDLERS) == "[(gallery:) (gallery:)]"


def test_names_count_whole_and_unknown_ones_stay() -> None:
    assert expand("[gallery2] [gallery-x] [nope] [/gallery]", HANDLERS) == "[gallery2] [gallery-x] [nope] [/gallery]"


def test_comments_keep_their_brackets_and_attributes_are_filtered() -> None:
    assert expand("<!-- [gallery] -->[gallery]", HANDLERS) == "<!-- [gallery] -->(gallery:)"
    assert expand('<a title="[gallery]">x</a>', HANDLERS) == '<a title="(gallery:)">x</a>'
    evil = {"gallery": lambda _: "javascript:alert(1)"}
    assert expand('<a href="[gallery]">x</a>', evil) == '<a href="alert(1)">x</a>'
    assert expand('<a onclick="[gallery]">x</a>', evil) == '<a onclick="[gallery]">x</a>'


def test_stripping_takes_shortcodes_with_what_they_enclose() -> None:
    assert strip_shortcodes("a [caption id=1]b[/caption] c [[gallery]] [nope]") == "a  c [gallery] [nope]"


def test_a_shortcode_alone_in_its_paragraph_loses_it() -> None:
    assert unwrap_shortcodes("<p>[gallery]</p>") == "[gallery]"
    assert unwrap_shortcodes("<p> [caption]x</p>\n<p>y[/caption]&nbsp;</p>") == "[caption]x</p>\n<p>y[/caption]"
    assert unwrap_shortcodes("<p>[gallery] and text</p>") == "<p>[gallery] and text</p>"
