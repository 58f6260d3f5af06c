"""Password hashes as WordPress keeps them: its own bcrypt, and the older kinds that imported sites bring."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets

import bcrypt

from wirepress.content import beforehand

COST = 10
_MOST = 4096  # what WordPress takes as a password at most
_BCRYPT_MOST = 72  # PHP cuts here without a word
_ITOA64 = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_FAST_PREFIX = "$generic$"
_FAST_KEY = b"wp_fast_hash_6.8+"
_FAST_LENGTH = 30
_DEAREST_BCRYPT = 16  # some seconds; an import may bring a hash that says it takes days
_DEEPEST_PHPASS = 20  # 2 to the power of it rounds; WordPress itself used 13
_MD5 = re.compile(r"[0-9a-fA-F]{32}")


def hash_password(password: str) -> str:
    """The hash of a password in WordPress's own format: `$wp` and bcrypt of its HMAC (wp_hash_password)."""
    return beforehand.done(("hash", password), lambda: _hashed(password), "users")


def made_up() -> tuple[str, str]:
    """A password of chance with its hash; the same one whenever a request is answered again."""

    def make() -> tuple[str, str]:
        password = secrets.token_urlsafe(15)
        return password, _hashed(password)

    return beforehand.done("made up", make, "users")


def _hashed(password: str) -> str:
    hashed = bcrypt.hashpw(_prepared(password), bcrypt.gensalt(COST))
    return "$wp$2y$" + hashed.decode()[4:]


def verify_password(password: str, kept: str) -> bool:
    """Whether a password has this hash: `$wp$2y$`, bcrypt, phpass (`$P$`, `$H$`) or plain MD5 (wp_check_password).

    It takes its time here and now, and counts nothing: guesses go through `Attempts.tried`.
    """
    data = password.encode()
    if not kept or len(data) > _MOST:
        return False
    if kept.startswith("$wp"):
        return _bcrypt(_prepared(password), kept[3:])
    if kept.startswith(("$P$", "$H$")):
        return hmac.compare_digest(_phpass(data, kept), kept.encode())
    if _MD5.fullmatch(kept):
        digest = hashlib.md5(data, usedforsecurity=False).hexdigest()
        return hmac.compare_digest(digest, kept.lower())
    return _bcrypt(data[:_BCRYPT_MOST], kept)


def outdated(kept: str) -> bool:
    """Whether a hash should be made anew at the next login (wp_password_needs_rehash); one that took more work than
    ours stays."""
    return not kept.startswith("$wp$2y$") or _cost(kept[3:]) < COST


def hash_token(token: str) -> str:
    """The hash of a random secret such as an application password (wp_fast_hash)."""
    digest = hashlib.blake2b(token.encode(), digest_size=_FAST_LENGTH, key=_FAST_KEY).digest()
    return _FAST_PREFIX + base64.urlsafe_b64encode(digest).decode().rstrip("=")


def verify_token(token: str, kept: str) -> bool:
    """Whether a random secret has this hash; those of before WordPress 6.8 are passwords' hashes."""
    if kept.startswith(_FAST_PREFIX):
        return hmac.compare_digest(hash_token(token), kept)
    return verify_password(token, kept)


def costly(kept: str) -> bool:
    """Whether it takes long to verify something against this hash."""
    return not kept.startswith(_FAST_PREFIX)


def _prepared(password: str) -> bytes:
    digest = hmac.digest(b"wp-sha384", password.strip(" \t\n\r\0\x0b").encode(), "sha384")
    return base64.b64encode(digest)


def _bcrypt(data: bytes, kept: str) -> bool:
    if not kept.startswith("$2") or b"\0" in data or _cost(kept) > _DEAREST_BCRYPT:
        return False
    try:
        return bcrypt.checkpw(data, kept.encode())
    except ValueError:
        return False


def _cost(kept: str) -> int:
    """The work that a bcrypt hash says it takes (`$2y$10$...`): 2 to the power of it; 0 where it says none."""
    said = kept[4:6]
    return int(said) if said.isascii() and said.isdigit() and kept[6:7] == "$" else 0


def _phpass(data: bytes, kept: str) -> bytes:
    """What phpass makes of a password with the salt and rounds of a kept hash; "*" when that is none."""
    rounds = _ITOA64.find(kept[3:4] or "!")
    salt = kept[4:12].encode()
    if not 7 <= rounds <= _DEEPEST_PHPASS or len(salt) != 8:
        return b"*"
    digest = hashlib.md5(salt + data, usedforsecurity=False).digest()
    for _ in range(1 << rounds):
        digest = hashlib.md5(digest + data, usedforsecurity=False).digest()
    return kept[:12].encode() + _encode64(digest)


def _encode64(data: bytes) -> bytes:
    """phpass's own base64: three bytes to four signs, the lowest bits first."""
    out: list[str] = []
    for start in range(0, len(data), 3):
        chunk = data[start : start + 3]
        value = int.from_bytes(chunk, "little")
        out.extend(_ITOA64[(value >> shift) & 63] for shift in range(0, 6 * len(chunk) + 1, 6))
    return "".join(out).encode()
