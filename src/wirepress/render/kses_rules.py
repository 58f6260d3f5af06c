"""What WordPress allows in markup that it does not trust: elements, their attributes, CSS properties. Data only."""

from collections.abc import Mapping

from wirepress.render.phpstr import word_set

Elements = Mapping[str, frozenset[str]]
"""Allowed elements by name, each with the names of the attributes it may carry."""

GLOBAL_ATTRIBUTES = word_set(
    "aria-controls aria-current aria-describedby aria-details aria-expanded aria-hidden aria-label aria-labelledby"
    " aria-live class data-* dir hidden id lang role style tabindex title xml:lang"
)
"""What every element of a post may carry."""

_CELL_ROW = "align char charoff valign"
_CELL = f"abbr axis bgcolor colspan headers height nowrap rowspan scope width {_CELL_ROW}"
_POST_ATTRIBUTES = {
    "a": "href rel rev name target download",
    "area": "alt coords href nohref shape target",
    "audio": "autoplay controls loop muted preload src",
    "blockquote": "cite",
    "button": "command commandfor disabled name popovertarget popovertargetaction type value",
    "col": f"span width {_CELL_ROW}",
    "colgroup": f"span width {_CELL_ROW}",
    "del": "datetime",
    "details": "align name open",
    "dialog": "autofocus closedby open popover",
    "div": "align popover",
    "font": "color face size",
    "hr": "align noshade size width",
    "img": "alt align border height hspace loading longdesc vspace src usemap width",
    "ins": "datetime cite",
    "label": "for",
    "li": "align value",
    "map": "name",
    "menu": "type",
    "object": "data type",
    "ol": "start type reversed",
    "pre": "width",
    "q": "cite",
    "table": "align bgcolor border cellpadding cellspacing rules summary width",
    "tbody": _CELL_ROW,
    "td": _CELL,
    "textarea": "cols rows disabled name readonly",
    "tfoot": _CELL_ROW,
    "th": _CELL,
    "thead": _CELL_ROW,
    "time": "datetime",
    "tr": f"bgcolor {_CELL_ROW}",
    "track": "default kind label src srclang",
    "ul": "type",
    "video": "autoplay controls height loop muted playsinline poster preload src width",
}
_POST_ALIGNED = (
    "article aside caption figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup legend main nav p section span"
    " summary"
)
_POST_PLAIN = (
    "abbr acronym address b bdo big br cite code dd dfn dl dt em fieldset i kbd mark rb rp rt rtc ruby s samp small"
    " strike strong sub sup title tt u var"
)

_MATH_GLOBAL = "class data-* dir displaystyle id mathbackground mathcolor mathsize scriptlevel style"
_MATH_ATTRIBUTES = {
    "annotation": "encoding",
    "math": "display xmlns",
    "mfrac": "linethickness",
    "mi": "mathvariant",
    "mo": ("fence form largeop lspace maxsize minsize movablelimits rspace separator stretchy symmetric"),
    "mover": "accent",
    "mpadded": "depth height lspace voffset width",
    "mspace": "depth height width",
    "mtd": "columnspan rowspan",
    "munder": "accentunder",
    "munderover": "accent accentunder",
    **dict.fromkeys(
        word_set(
            "merror mmultiscripts mn mphantom mprescripts mroot mrow ms msqrt mstyle msub msubsup msup mtable mtext mtr"
            " semantics"
        ),
        "",
    ),
}
"""MathML Core, without what embeds other markup (`annotation-xml`) or acts (`maction`)."""

POST_ELEMENTS: Elements = {
    name: word_set(attributes) | GLOBAL_ATTRIBUTES
    for name, attributes in {
        **_POST_ATTRIBUTES,
        **dict.fromkeys(_POST_ALIGNED.split(), "align"),
        **dict.fromkeys(_POST_PLAIN.split(), ""),
    }.items()
} | {name: word_set(f"{_MATH_GLOBAL} {attributes}") for name, attributes in _MATH_ATTRIBUTES.items()}
"""For contents of posts and pages (`$allowedposttags`)."""

PLAIN_ELEMENTS: Elements = {
    name: word_set(attributes)
    for name, attributes in {
        "a": "href title",
        "abbr": "title",
        "acronym": "title",
        "blockquote": "cite",
        "del": "datetime",
        "q": "cite",
        **dict.fromkeys(["b", "cite", "code", "em", "i", "s", "strike", "strong"], ""),
    }.items()
}
"""For titles and other short texts (`$allowedtags`)."""

COMMENT_ELEMENTS: Elements = {**PLAIN_ELEMENTS, "span": frozenset({"class"})}
"""For comments: a note of the editor names people in a `span`."""

URL_ATTRIBUTES = word_set(
    "action archive background cite classid codebase data formaction href icon longdesc manifest poster profile src"
    " usemap xmlns"
)
"""Attributes whose value is an address and so has a protocol to check."""

_SIDES = ("right", "bottom", "left", "top")
_LOGICAL = ("block-start", "block-end", "inline-start", "inline-end")

_SVG_PROPERTIES = word_set(
    "fill fill-opacity fill-rule"
    " stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity"
    " stroke-width"
    " color-interpolation color-interpolation-filters paint-order stop-color stop-opacity flood-color flood-opacity"
    " lighting-color marker marker-end marker-mid marker-start clip-path clip-rule mask mask-type"
    " cx cy r rx ry x y d"
    " alignment-baseline baseline-shift dominant-baseline glyph-orientation-horizontal glyph-orientation-vertical"
    " text-anchor unicode-bidi word-spacing font-size-adjust font-stretch"
    " color-rendering image-rendering shape-rendering text-rendering vector-effect"
    " transform transform-origin pointer-events visibility"
)

CSS_PROPERTIES = _SVG_PROPERTIES | frozenset(
    {
        *(f"background{part}" for part in ("", "-color", "-image", "-position", "-repeat", "-size")),
        *("background-attachment", "background-blend-mode"),
        *(f"border{part}" for part in ("", "-radius", "-width", "-color", "-style", "-spacing", "-collapse")),
        *(f"border-{side}{part}" for side in _SIDES for part in ("", "-color", "-style", "-width")),
        *(f"border-{end}-{side}-radius" for end in ("top", "bottom") for side in ("left", "right")),
        *("caption-side", "columns", "column-count", "column-fill", "column-gap", "column-rule", "column-span"),
        *("column-width", "display", "color", "filter", "font", "font-family", "font-size", "font-style"),
        *("font-variant", "font-weight", "letter-spacing", "line-height", "text-align", "text-decoration"),
        *("text-indent", "text-transform", "white-space"),
        *("height", "min-height", "max-height", "width", "min-width", "max-width"),
        *(f"{box}{part}" for box in ("margin", "padding") for part in ("", *(f"-{to}" for to in _SIDES + _LOGICAL))),
        *(f"flex{part}" for part in ("", "-basis", "-direction", "-flow", "-grow", "-shrink", "-wrap")),
        *("gap", "row-gap", "grid-gap", "grid-column-gap", "grid-row-gap"),
        *(f"grid-{of}" for of in ("template-columns", "auto-columns", "template-rows", "auto-rows")),
        *(f"grid-{of}{part}" for of in ("column", "row") for part in ("", "-start", "-end")),
        *("justify-content", "justify-items", "justify-self", "align-content", "align-items", "align-self"),
        *("clear", "cursor", "direction", "float", "list-style-type", "object-fit", "object-position", "opacity"),
        *("overflow", "vertical-align", "writing-mode", "position", "top", "right", "bottom", "left", "z-index"),
        *("box-shadow", "aspect-ratio", "container-type"),
    }
)
"""Properties a `style` attribute may set (`safe_style_css`); custom properties come on top."""

CSS_URL_PROPERTIES = word_set(
    "background background-image cursor filter list-style list-style-image"
    " clip-path fill mask marker marker-end marker-mid marker-start stroke"
)
CSS_GRADIENT_PROPERTIES = frozenset(("background", "background-image"))
