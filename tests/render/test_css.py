"""Which declarations a `style` attribute keeps."""

import pytest

from wirepress.render.css import clean_style


@pytest.mark.parametrize(
    "style",
    [
        "background-image: linear-gradient(135deg, rgb(1,2,3) 0%, hsl(0,100%,50%)), url('https://x.example/i.jpg')",
        "background-image: url(i.jpg), repeating-conic-gradient(red, blue)",
        "background:radial-gradient(red, var(--x)) no-repeat",
        "--shade:linear-gradient(red, rgba(1,2,3,.5))",
        "transform:rotate(45deg) scale(1.5)",
        "clip-path:inset(calc(10px + 1em) round var(--radius))",
        "clip-path:path('M 0 0 L 1 1')",
        "fill:url(#shade)",
        "width:clamp(min(1px, 2px), 50%, 3px)",
    ],
)
def test_functions_that_draw_are_kept(style: str) -> None:
    assert clean_style(style) == style


@pytest.mark.parametrize(
    "style",
    [
        "background:linear-gradient(red, calc(1px + var(--x)))",  # nests too deep
        "background:linear-gradient(red, blue) (x)",
        "background:other-gradient(red)",
        "background:linear-gradient(red, url(javascript:x))",
        "color:linear-gradient(red, blue)",
        "color:rgb(1, 2, 3)",
        "fill:url(javascript:x)",
        "transform:rotate(45deg",
        "width:calc(1px + (2px)",
        "filter:blur(1px)",
    ],
)
def test_other_brackets_are_not(style: str) -> None:
    assert clean_style(style) == ""


def test_written_nulls_go() -> None:
    assert clean_style("float:\\\\00left") == "float:left"
    assert clean_style("float:\\1left") == ""
    assert clean_style("background:url(java\\0script:x)") == ""
