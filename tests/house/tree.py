"""What the house tests look at: the files that are kept in the repository, read once."""

from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "wirepress"

# Made by tools or by the machine, never committed.
PASSED_OVER = {".git", ".venv", "var", "dist", "__pycache__", "node_modules"}
TEXT = {"", ".py", ".md", ".toml", ".txt", ".css", ".html", ".jinja", ".ini", ".cfg", ".mako", ".xml", ".sql", ".lock"}


@cache
def files(folder: Path = ROOT) -> tuple[Path, ...]:
    """Every text file under `folder` that could be committed."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix in TEXT)
    return tuple(path for path in found if not _passed_over(path))


@cache
def python_files() -> tuple[Path, ...]:
    """Every Python file of the package, the tests and the examples."""
    folders = (ROOT / "src", ROOT / "tests", ROOT / "examples")
    return tuple(path for folder in folders for path in files(folder) if path.suffix == ".py")


@cache
def text(path: Path) -> str:
    """The words of a file."""
    return path.read_text(encoding="utf-8")


def name(path: Path) -> str:
    """A path as a person writes it: from the repository's root."""
    return path.relative_to(ROOT).as_posix()


def _passed_over(path: Path) -> bool:
    parts = path.relative_to(ROOT).parts
    return any(part in PASSED_OVER or (part.startswith(".") and part != ".ci") for part in parts)
