#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Checks what every file of the house has: the licence line, less than 700 lines; and every room its README. Usage: check_files.py [ROOT]."""
import pathlib
import sys

FOLDERS = ("src", "tests", "fuzz", "bench", "cmake", "tools", "packaging")
CODE = {".cc", ".h", ".cmake", ".py", ".sh"}
MOST_LINES = 700


def is_code(path):
    if path.suffix in CODE or path.name == "CMakeLists.txt":
        return True
    return not path.suffix and path.stat().st_size > 2 and path.read_bytes()[:2] == b"#!"


def findings(root):
    for path in sorted(path for folder in FOLDERS for path in (root / folder).rglob("*") if path.is_file()):
        name = path.relative_to(root)
        if "__pycache__" in name.parts or {"data", "seeds", "crashes", "golden"} & set(name.parts) or not is_code(path):
            continue
        lines = path.read_text().splitlines()
        if not any("SPDX-License-Identifier: AGPL-3.0-or-later" in line for line in lines[:3]):
            yield f"{name}: no SPDX line"
        if len(lines) >= MOST_LINES:
            yield f"{name}: {len(lines)} lines: two subjects?"
    for room in sorted(path for path in (root / "src").iterdir() if path.is_dir()):
        if not (room / "README.md").is_file():
            yield f"src/{room.name}: no README.md"


def main():
    found = list(findings(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parents[1])))
    print("\n".join(found) if found else "files: each has its licence line, each room its README")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
