"""The TypeScript of the documents: checked as it stands there, with the types of Next.js and Node, and compiled."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from tests.house.fences import PAGES, fences

HERE = Path(__file__).parent
LANGUAGES = ("ts", "tsx")
OPTIONS = {
    "strict": True, "noUnusedLocals": True, "noUncheckedIndexedAccess": True, "skipLibCheck": True,
    "target": "ES2022", "module": "ESNext", "moduleResolution": "bundler", "moduleDetection": "force",
    "lib": ["ES2022", "DOM", "DOM.Iterable"], "types": ["node", "react", "next"], "jsx": "preserve",
    "rootDir": "pages", "outDir": "out",
}  # fmt: skip


def written(folder: Path) -> list[str]:
    """Writes the snippets of all pages into a folder, each under its page's name and line; those names."""
    names = []
    (folder / "pages").mkdir()
    for page in PAGES:
        for fence in fences(page):
            if fence.language in LANGUAGES:
                name = f"{page.stem}-{fence.line}.{fence.language}"
                (folder / "pages" / name).write_text(fence.code, "utf-8")
                names.append(name)
    return names


def compiled(folder: Path) -> list[str]:
    """Compiles the snippets into `out` of a folder; what is wrong with them, as the compiler says it."""
    names = written(folder)
    if not names:
        return ["no page has a snippet of TypeScript"]
    (folder / "node_modules").symlink_to(HERE / "node_modules")
    options = {"compilerOptions": OPTIONS, "files": [f"pages/{name}" for name in names]}
    (folder / "tsconfig.json").write_text(json.dumps(options), "utf-8")
    (folder / "package.json").write_text('{"type": "module"}', "utf-8")
    done = subprocess.run(
        ["node", "node_modules/typescript/bin/tsc", "--project", "."],
        cwd=folder, capture_output=True, text=True, timeout=180, check=False,
    )  # fmt: skip
    return done.stdout.splitlines() or ([done.stderr] if done.returncode else [])
