from __future__ import annotations

import contextlib
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import pyvips
from hypothesis import given
from hypothesis import strategies as st

from tests.content.conftest import Rooms
from tests.content.desk import article
from tests.store import many
from wirepress.app.bodies import Spooled
from wirepress.content.identity.viewer import NEWSROOM, viewer_of
from wirepress.content.media import library, pictures, reading
from wirepress.content.media.sizes import Size, Step, cut_to, fitted, sizes_of
from wirepress.content.media.sniffing import checked, sniff
from wirepress.content.newsroom import Newsroom, View
from wirepress.content.permalinks import permalink
from wirepress.content.posts import publishing
from wirepress.content.posts.changes import Changes
from wirepress.content.site import site_of
from wirepress.model.blob import EMPTY, Blob
from wirepress.model.errors import Conflict, Invalid
from wirepress.model.post import Post
from wirepress.store import bulk, uploads

SIZES = sizes_of(site_of({}))
CROPPED = sizes_of(site_of({"medium_crop": "1", "large_crop": "1", "thumbnail_crop": "0"}))


def picture(width: int, height: int, kind: str = ".jpg", **options: Any) -> bytes:
    image = pyvips.Image.xyz(width, height).extract_band(0).cast("uchar")
    return bytes(image.bandjoin([image, image]).write_to_buffer(kind, **options))


def names(width: int, height: int) -> dict[str, tuple[int, int]]:
    cuts = {size.name: cut_to(width, height, size) for size in SIZES}
    return {name: (cut.width, cut.height) for name, cut in cuts.items() if cut is not None}


@pytest.mark.parametrize(
    ("width", "height", "expected"),
    [
        # what WordPress made of the pictures of the golden data set
        (1200, 800, {"medium": (300, 200), "large": (1024, 683), "thumbnail": (150, 150), "medium_large": (768, 512)}),
        (
            2600,
            1800,
            {
                "medium": (300, 208),
                "large": (1024, 709),
                "thumbnail": (150, 150),
                "medium_large": (768, 532),
                "1536x1536": (1536, 1063),
                "2048x2048": (2048, 1418),
            },
        ),
        (400, 900, {"medium": (133, 300), "thumbnail": (150, 150)}),
        (100, 100, {}),
        (100, 400, {"medium": (75, 300), "thumbnail": (100, 150)}),
    ],
)
def test_sizes_are_those_of_wordpress(width: int, height: int, expected: dict[str, tuple[int, int]]) -> None:
    assert names(width, height) == expected
    assert list(names(width, height)) == list(expected)


@given(st.integers(1, 20_000), st.integers(1, 20_000), st.integers(0, 3000), st.integers(0, 3000))
def test_a_size_never_enlarges_and_fits_its_box(width: int, height: int, most_width: int, most_height: int) -> None:
    new_width, new_height = fitted(width, height, most_width, most_height)
    assert 1 <= new_width <= width
    assert 1 <= new_height <= height
    assert not most_width or new_width <= max(1, most_width)
    cut = cut_to(width, height, Size("box", most_width, most_height, crop=True))
    if cut is not None:
        assert cut.left >= 0
        assert cut.top >= 0
        assert cut.left + cut.from_width <= width + 1
        assert cut.top + cut.from_height <= height + 1


def taken(view: View, data: bytes, name: str, *, alt: str = "", **given: Any) -> Post:
    return library.keep(view, NEWSROOM, library.prepare(view.site, data, name), Changes(**given), alt=alt)


def kept(newsroom: Newsroom, data: bytes, name: str, **given: Any) -> Post:
    with newsroom.write() as view:
        return taken(view, data, name, **given)


def test_a_picture_comes_with_its_row_its_sizes_and_its_metadata(newsroom: Newsroom) -> None:
    data = picture(1200, 800)
    post = kept(newsroom, data, "../../Häfen & Boats.PNG", title="Boats", alt="Two boats", excerpt="At dawn")
    assert (post.type, post.status, post.title, post.excerpt) == ("attachment", "inherit", "Boats", "At dawn")
    assert (post.slug, post.mime_type, post.comment_status) == ("boats", "image/jpeg", "open")
    assert post.guid == "/wp-content/uploads/2025/06/Hafen-Boats.jpg"
    assert post.first_meta("_wp_attached_file") == "2025/06/Hafen-Boats.jpg"
    assert post.first_meta("_wp_attachment_image_alt") == "Two boats"
    metadata = post.first_meta("_wp_attachment_metadata")
    assert list(metadata) == ["width", "height", "file", "filesize", "sizes", "image_meta"]
    assert list(metadata["sizes"]) == ["medium", "large", "thumbnail", "medium_large"]
    assert list(metadata["sizes"]["medium"]) == ["file", "width", "height", "mime-type", "filesize"]
    assert metadata["filesize"] == len(data)
    files = {f"2025/06/{size['file']}" for size in metadata["sizes"].values()} | {metadata["file"]}
    assert set(newsroom.files.all()) == files
    for size in metadata["sizes"].values():
        made = pyvips.Image.new_from_buffer(newsroom.files.read(f"2025/06/{size['file']}"), "")
        assert (made.width, made.height) == (size["width"], size["height"])
        assert len(newsroom.files.read(f"2025/06/{size['file']}")) == size["filesize"]
    with newsroom.view() as view:
        assert set(uploads.of_post(view.unit, post.id)) == files
        assert permalink(view.site, post, view.lookup) == f"{view.site.home}/boats/"


def test_a_big_picture_is_scaled_and_its_original_kept(newsroom: Newsroom) -> None:
    post = kept(newsroom, picture(2600, 1300), "big.jpg")
    metadata = post.first_meta("_wp_attachment_metadata")
    assert post.first_meta("_wp_attached_file") == metadata["file"] == "2025/06/big-scaled.jpg"
    assert (metadata["width"], metadata["height"], metadata["original_image"]) == (2560, 1280, "big.jpg")
    assert post.guid == "/wp-content/uploads/2025/06/big.jpg"
    assert metadata["sizes"]["medium"]["file"] == "big-300x150.jpg"


def test_a_big_png_stays_as_it_is(newsroom: Newsroom) -> None:
    post = kept(newsroom, picture(2600, 100, ".png"), "wide.png")
    assert post.first_meta("_wp_attached_file") == "2025/06/wide.png"


@pytest.mark.parametrize("kind", [".jpg", ".png", ".webp", ".gif", ".avif"])
def test_a_picture_is_read_from_a_file_as_from_memory(kind: str, tmp_path: Path) -> None:
    data = picture(900, 600, kind)
    body = Spooled(tmp_path)
    body.append([b"before", data, b"after"])
    name = f"a{kind}"

    def made(sent: bytes | Blob) -> library.Prepared | str:
        try:
            return replace(library.prepare(site_of({}), sent, name), data=EMPTY)
        except Invalid as error:
            return error.code

    whole = made(data)
    assert isinstance(whole, library.Prepared)
    assert len(whole.renditions) == 3
    for size in (len(data), len(data) // 2, 40):
        assert made(body.part(6, size)) == made(data[:size])
    body.close()


def test_a_turned_picture_is_put_upright() -> None:
    image = pyvips.Image.new_from_buffer(picture(400, 200), "").copy()
    image.set_type(pyvips.GValue.gint_type, "orientation", 6)
    read = pictures.read(Blob(image.write_to_buffer(".jpg")), "image/jpeg")
    assert (read.width, read.height, read.turned) == (200, 400, True)
    upright = pictures.scaled(read)
    assert upright is not None
    assert (upright.name, upright.width, upright.height) == ("rotated", 200, 400)
    made = pyvips.Image.new_from_buffer(upright.data, "")
    assert (made.width, made.height) == (200, 400)


def test_names_are_never_taken_twice(newsroom: Newsroom) -> None:
    paths = [kept(newsroom, picture(200, 200), name).first_meta("_wp_attached_file") for name in ("a.jpg",) * 3]
    assert paths == ["2025/06/a.jpg", "2025/06/a-1.jpg", "2025/06/a-2.jpg"]
    assert kept(newsroom, picture(20, 20), "A.JPG").first_meta("_wp_attached_file") == "2025/06/A-3.jpg"
    derived = kept(newsroom, picture(20, 20), "a-150x150.jpg").first_meta("_wp_attached_file")
    assert derived == "2025/06/a-150x150-1.jpg"


def test_two_files_in_one_write_have_two_names(newsroom: Newsroom) -> None:
    with newsroom.write() as view:
        one, two = (taken(view, picture(20, 20), "a.png") for _ in range(2))
    assert one.first_meta("_wp_attached_file") != two.first_meta("_wp_attached_file")
    with newsroom.write() as view, pytest.raises(Conflict):
        uploads.note(view.unit, "2025/06/a.jpg", one.id, b"")


@given(st.sets(st.integers(0, 400)), st.integers(0, 1))
def test_a_free_number_is_found(taken: set[int], begin: int) -> None:
    asked = []

    def is_taken(number: int) -> bool:
        asked.append(number)
        return number in taken

    number = library.first_free(is_taken, begin)
    lowest = next(one for one in range(begin, 402) if one not in taken)
    assert number not in taken
    assert number >= begin
    assert number == lowest if lowest < 16 else number - 1 in taken
    assert len(asked) < 50


def test_a_name_that_very_many_have_costs_no_question_for_each(newsroom: Newsroom) -> None:
    prepared = library.prepare(site_of({}), picture(500, 400), "image.jpg")
    with newsroom.write() as view:
        folder = view.stamps()[0][:7].replace("-", "/")
        for number in range(3000):
            uploads.note_known(view.unit, f"{folder}/image{f'-{number}' if number else ''}.jpg", 1, 1, "")
        before = view.unit.statements
        post = library.keep(view, NEWSROOM, prepared)
        assert view.unit.statements - before < 120
    assert post.first_meta("_wp_attached_file") == f"{folder}/image-3000.jpg"


def test_case_and_sizes_of_others_count_for_a_name(newsroom: Newsroom) -> None:
    with newsroom.write() as view:
        for name in ("Photo.jpg", "photo.JPG", "photo-300x200.jpg"):
            library.keep(view, NEWSROOM, library.prepare(site_of({}), picture(500, 400), name))
        kept = {row[0].rpartition("/")[2] for row in view.unit.rows("SELECT path FROM uploads")}
    assert {"Photo.jpg", "photo-1.jpg", "photo-300x200-1.jpg"} <= kept


def test_a_file_that_no_row_knows_is_not_written_over(newsroom: Newsroom) -> None:
    with newsroom.write() as view:
        folder = view.stamps()[0][:7].replace("-", "/")
        place = view.files.place(f"{folder}/harbour-300x240.jpg")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(b"of a plugin")
        post = library.keep(view, NEWSROOM, library.prepare(site_of({}), picture(500, 400), "harbour.jpg"))
    assert post.first_meta("_wp_attached_file") == f"{folder}/harbour-1.jpg"
    assert place.read_bytes() == b"of a plugin"


def test_a_write_that_fails_leaves_no_file(newsroom: Newsroom) -> None:
    def fail() -> None:
        with newsroom.write() as view:
            taken(view, picture(200, 200), "a.jpg")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert list(newsroom.files.all()) == []


def test_files_lie_in_the_month_of_their_article(newsroom: Newsroom) -> None:
    with newsroom.database.write() as unit:
        many.posts(unit, [article(10, "fest"), article(93, "about", type="page")])
        bulk.settle(unit)
    data = picture(20, 20)
    assert kept(newsroom, data, "a.jpg", parent=10).first_meta("_wp_attached_file") == "2024/02/a.jpg"
    assert kept(newsroom, data, "a.jpg", parent=93).first_meta("_wp_attached_file") == "2025/06/a.jpg"


def test_files_may_lie_in_one_folder(rooms: Rooms) -> None:
    newsroom = rooms(options={"uploads_use_yearmonth_folders": "0"})
    post = kept(newsroom, picture(400, 400), "a.jpg")
    assert post.first_meta("_wp_attached_file") == "a.jpg"
    assert newsroom.files.exists("a-300x300.jpg")


def test_a_file_is_known_by_the_address_of_the_uploads(rooms: Rooms) -> None:
    elsewhere = rooms(options={"upload_url_path": "https://cdn.example.net/p"})
    assert kept(elsewhere, b"text", "a.txt").guid == "https://cdn.example.net/p/2025/06/a.txt"
    assert kept(rooms(), b"text", "a.txt").guid == "/wp-content/uploads/2025/06/a.txt"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "a.jpg"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "a.svg"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "a.jpg"),
        (b"<?xml version='1.0'?><svg/>", "a.txt"),
        (b"<html><script>x</script>", "a.csv"),
        (b"<?php echo 1;", "a.php"),
        (b"<?php echo 1;", "a.jpg"),
        (b"MZ\x90\0", "setup.exe"),
        (b"MZ\x90\0", "setup.pdf"),
        (b"hello", "hello"),
        (b"hello", "a.png"),
        (b"\xff\xd8\xff\xe0 nothing behind", "a.jpg"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "a.png"),
        (b"a\0b", "a.txt"),
    ],
)
def test_what_is_not_what_it_seems_is_refused(newsroom: Newsroom, data: bytes, name: str) -> None:
    with pytest.raises(Invalid):
        kept(newsroom, data, name)
    assert list(newsroom.files.all()) == []


def test_a_bomb_is_refused_by_its_head() -> None:
    head = picture(8, 8, ".png")
    # width and height of the PNG head, with the checksum of the chunk made anew
    chunk = b"IHDR" + (25_000).to_bytes(4, "big") + (25_000).to_bytes(4, "big") + head[24:29]
    bomb = head[:12] + chunk + zlib.crc32(chunk).to_bytes(4, "big") + head[33:]
    with pytest.raises(Invalid, match="pixels"):
        library.prepare(site_of({}), bomb, "bomb.png")


def test_other_files_keep_their_bytes(newsroom: Newsroom) -> None:
    post = kept(newsroom, b"plain words", "notes.txt")
    assert (post.mime_type, post.title) == ("text/plain", "notes")
    assert post.first_meta("_wp_attachment_metadata") == {"filesize": 11}
    assert newsroom.files.read("2025/06/notes.txt") == b"plain words"
    with newsroom.write() as view:
        prepared = library.prepare(view.site, b"%PDF-1.4", "paper.pdf")
        paper = library.keep(view, NEWSROOM, prepared, Changes(title="Paper", author=2))
    assert (paper.author, paper.title, paper.mime_type) == (2, "Paper", "application/pdf")


@pytest.mark.parametrize("kind", [".png", ".webp", ".gif", ".jpg"])
def test_every_kind_of_picture_is_known_by_its_bytes(kind: str) -> None:
    data = picture(160, 400, kind)
    name, mime = checked(data, "x.bin")
    assert mime == sniff(data) == library.prepare(site_of({}), data, "x.jpeg").mime
    assert name == f"x{kind}"
    assert [made.name for made in library.prepare(site_of({}), data, name).renditions] == ["medium", "thumbnail"]


@given(st.binary(max_size=200), st.sampled_from(["a.jpg", "a.png", "a.gif", "a.webp", "a.txt", "a.pdf", "a.mp3", "a"]))
def test_no_bytes_do_harm(data: bytes, name: str) -> None:
    for start in (b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF0000WEBP"):
        with contextlib.suppress(Invalid):
            library.prepare(site_of({}), start + data, name)


# ---- copies, and where files are used


def test_a_copy_has_its_original_s_words(newsroom: Newsroom) -> None:
    original = kept(newsroom, picture(400, 300), "Wall.jpg", alt="A wall", excerpt="Caption", content="More")
    with newsroom.view() as view:
        prepared = library.prepare_edited(view, original, (Step("crop", (0, 0, 50, 50)),))
    with newsroom.write() as view:
        copy = library.keep_copy(view, NEWSROOM, original, prepared)
        own = library.keep_copy(view, NEWSROOM, original, prepared, Changes(title="Own", excerpt=""), alt="")
    words = [(post.title, post.excerpt, post.content, post.first_meta(library.ALT)) for post in (copy, own)]
    assert words == [("Wall", "Caption", "More", "A wall"), ("Own", "", "More", "")]


def test_what_was_noted_in_a_file_is_told(newsroom: Newsroom) -> None:
    with newsroom.view() as view:
        assert library.prepare(view.site, b"high and low", "tide.txt").noted("title") == ""
        assert library.prepare(view.site, picture(40, 30), "a.jpg").noted("caption") == ""


def test_files_are_used_where_they_are_named(newsroom: Newsroom) -> None:
    post = kept(newsroom, picture(400, 300), "wall.jpg")
    where = "https://news.example.com/wp-content/uploads/2025/06"
    contents = {
        "sized": f'<img src="{where}/wall-300x225.jpg">',
        "linked": f'<a href="{where}/wall.jpg?x">',
        "longer": f'<img src="{where}/wall-paper.jpg">',
        "beside": f'<img src="{where}2/wall.jpg">',
        "numbered": f'<img class="wp-image-{post.id}" src="https://cdn.example/w.jpg">',
        "by another number": f'<img class="wp-image-{post.id}1" src="https://cdn.example/w.jpg">',
    }
    with newsroom.write() as view:
        for title, content in contents.items():
            publishing.create(view, NEWSROOM, "post", Changes(title=title, content=content, status="publish"))
        publishing.create(view, NEWSROOM, "post", Changes(title="led", thumbnail=post.id, status="draft"))
    with newsroom.view() as view:
        uses = reading.uses(view, NEWSROOM, post)
        found = {use.post.title: (use.featured, use.within) for use in uses}
        stranger = [use.post.title for use in reading.uses(view, viewer_of(view.site, view.lookup.user(5)), post)]
        assert len(reading.uses(view, NEWSROOM, post, limit=1)) == 1
    expected = dict.fromkeys(("sized", "linked", "numbered"), (False, True))
    assert found == {**expected, "led": (True, False)}
    assert "led" not in stranger
    assert "sized" in stranger


def test_which_sizes_fill_their_measures_is_an_option() -> None:
    assert {size.name for size in CROPPED if size.crop} == {"medium", "large"}
    medium = next(size for size in CROPPED if size.name == "medium")
    cut = cut_to(800, 400, medium)
    assert cut is not None
    assert (cut.width, cut.height) == (300, 300)
