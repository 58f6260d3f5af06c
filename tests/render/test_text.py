"""Behaviours of the smaller text functions that the recorded pairs do not show."""

from wirepress.render import entities, phpstr, strip, titles, urls
from wirepress.render.attributes import Attribute, decode_attribute, parse_attributes, split_element
from wirepress.render.autop import autop
from wirepress.render.links import clickable
from wirepress.render.markup import NextFind, split_html
from wirepress.render.smilies import smilies
from wirepress.render.texturize import texturize


def test_html_is_cut_at_tags_comments_and_cdata() -> None:
    assert split_html("a<b>c<!-- > -->d<![CDATA[ > ]]>e<f") == [
        *("a", "<b>", "c", "<!-- > -->", "d", "<![CDATA[ > ]]>", "e", "<f", "")
    ]
    assert split_html("<!-->x") == ["", "<!-->", "x"]


def test_the_next_place_is_found_once() -> None:
    finder = NextFind("a.b.c", ".")
    assert [finder.after(place) for place in (0, 1, 2, 3, 4, 5)] == [1, 1, 3, 3, -1, -1]


def test_attributes_by_the_rules_of_html() -> None:
    assert parse_attributes(""" A=1 a=2 b='x y' c="&amp;" d /e =f=g""") == [
        Attribute("a", "1"),
        Attribute("b", "x y"),
        Attribute("c", "&"),
        Attribute("d", None),
        Attribute("e", "f=g"),
    ]
    assert parse_attributes('a="open') == []


def test_references_in_attributes() -> None:
    assert decode_attribute("?a&copy=1&copy;&#106;&#x6A;&#0;&#150;&#99999999999;&nope;&notit;&not x") == (
        "?a&copy=1\u00a9jj\ufffd\u2013\ufffd&nope;&notit;\u00ac x"
    )


def test_elements_are_cut_by_the_strict_grammar() -> None:
    assert split_element("""<a href="x" b=1 c />""") == ["<a ", 'href="x" ', "b=1 ", "c", " />"]
    assert split_element("</a>") is None
    assert split_element('<a "x">') is None


def test_slashes() -> None:
    assert phpstr.strip_c_slashes(r"a\n\x41\101\q\\") == "a\nAAq\\"


def test_entities() -> None:
    assert entities.escape_html("&amp; &bogus; &#7; &#0065; <\"'>") == (
        "&amp; &amp;bogus; &amp;#7; &#065; &lt;&quot;&#039;&gt;"
    )
    assert entities.unescape_special("&lt;&#0060;&quot;&#039;&amp;lt;") == "<<&quot;&#039;&lt;"
    assert entities.numeric_entities("a | b &nbsp;&nope;&hearts;&") == "a &#124; b &#160;&nope;&#9829;&"
    assert entities.convert_chars("a & b &amp; c &#38; &") == "a &#038; b &amp; c &#38; &"


def test_tags_are_stripped_as_php_strips_them() -> None:
    assert strip.strip_tags("a <b title='>'>c</b> < d <!-- > --> e <?php echo '?>'; ?> f<g") == "a c < d  e  f"
    assert strip.strip_all_tags(" a<script>x</SCRIPT>\n<style>y</style>b ") == "a\nb"
    assert strip.strip_all_tags("<script>never closed") == "never closed"


def test_octets_go_until_none_is_left() -> None:
    assert strip.clean_line("a%4%411 b") == "a b"


def test_words() -> None:
    assert strip.trim_words("a  b\nc", 2, "!") == "a b!"
    assert strip.trim_words("a b", 2, "!") == "a b"
    assert strip.trim_words("", 2, "!") == ""
    assert strip.trim_words("a", 0, "!") == "!"
    assert strip.cut_excerpt("ab &amp; c", 6) == "ab"


def test_urls() -> None:
    assert urls.clean_url("HTTP://x.example/?a[]=1&b=2") == "http://x.example/?a%5B%5D=1&#038;b=2"
    assert urls.clean_url("http://[::1]/[x]") == "http://[::1]/%5Bx%5D"
    assert urls.clean_url("http://x/%0%0daa") == "http://x/a"
    assert urls.clean_raw_url("javascript:alert(1)") == ""
    assert urls.clean_raw_url("x", ("https",)) == ""
    assert urls.clean_url("index.php?x") == "index.php?x"
    assert urls.clean_url("   ") == ""


def test_links_stay_out_of_code_and_links() -> None:
    assert clickable("<code>http://x.example</code>") == "<code>http://x.example</code>"
    assert clickable('<a href="http://x.example">http://x.example</a>') == (
        '<a href="http://x.example">http://x.example</a>'
    )
    assert clickable("me@x.example") == '<a href="mailto:me@x.example">me@x.example</a>'
    assert (
        clickable("https://news.example/a", "news.example")
        == '<a href="https://news.example/a">https://news.example/a</a>'
    )


def test_long_texts_are_linked_in_pieces() -> None:
    text = ("word " * 3000) + "http://x.example/ " + "x" * 3000
    linked = clickable(text)
    assert linked.count("<a ") == 1
    assert linked.replace('<a href="http://x.example/" rel="nofollow">', "").replace("</a>", "") == text


def test_smilies() -> None:
    assert smilies("ok :) :mrgreen: x:) <pre>:)</pre>", "/i/") == (
        'ok \U0001f642 <img src="/i/mrgreen.png" alt=":mrgreen:" class="wp-smiley" style="height: 1em;'
        ' max-height: 1em;" /> x:) <pre>:)</pre>'
    )
    assert smilies("8O :twisted: :( :? :roll:") == "\U0001f62f \U0001f608 \U0001f641 \U0001f615 \U0001f644"
    assert smilies('<a\ntitle="a :) b">x</a> :)') == '<a\ntitle="a :) b">x</a> \U0001f642'


def test_paragraphs_leave_scripts_and_preformatted_text() -> None:
    assert autop("<script>\na\n</script>") == "<p><script>\na\n</script></p>\n"
    assert autop("<pre>a\n\nb</pre>\n<pre>c\n\nd</pre>") == "<pre>a\n\nb</pre>\n<pre>c\n\nd</pre>\n"


def test_typography_leaves_shortcodes() -> None:
    assert texturize('[gallery x="y"] "z"') == '[gallery x="y"] &#8220;z&#8221;'
    assert texturize('[gallery x="y"]', shortcodes=()) == "[gallery x=&#8221;y&#8221;]"
    assert texturize("0x9 2x3x4 1.5x2") == "0x9 2x3x4 1.5&#215;2"


def test_numbers_in_quotes_are_no_primes() -> None:
    assert texturize("word \"42.00\"word '42.00'word") == "word &#8220;42.00&#8221;word &#8216;42.00&#8217;word"
    assert texturize('x"42"word') == "x&#8221;42&#8243;word"


def test_the_name_of_wordpress() -> None:
    assert titles.title("Wordpress") == "WordPress"
    assert titles.capital_p_in_text("aWordpress Wordpress (Wordpress") == "aWordpress WordPress (WordPress"
