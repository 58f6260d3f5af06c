"""What kind of file an attachment is."""

from __future__ import annotations

from wirepress.model.post import Post

_PICTURES = frozenset(("jpg", "jpeg", "jpe", "gif", "png", "webp", "avif", "heic", "bmp", "svg", "ico", "tif", "tiff"))


def file_of(post: Post) -> str:
    """The path of the file under the uploads folder."""
    return str(post.first_meta("_wp_attached_file"))


def is_image(post: Post) -> bool:
    """wp_attachment_is_image: by type and by name."""
    return post.mime_type.startswith("image/") and _ending(post) in _PICTURES


def is_pdf(post: Post) -> bool:
    """wp_attachment_is of `pdf`, which is a matter of the name."""
    return _ending(post) == "pdf"


def _ending(post: Post) -> str:
    return file_of(post).rpartition(".")[2].lower()
