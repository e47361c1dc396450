#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Runs clang-tidy-14 over the files of build/dev, as many at once as there are cores. A file that had no finding is not looked at again
until it, a header of ours that it includes, its flags or .clang-tidy change (build/tidy holds what was clean).
Usage: tidy.py [FILE…]; without files all that build/dev compiles. Headers are seen through the .cc files that include them."""
import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
BUILD = ROOT / "build/dev"
CLEAN = ROOT / "build/tidy"
INCLUDE = re.compile(rb'^\s*#\s*include\s*"([^"]+)"', re.MULTILINE)


def included(path, seen):
    """`path` and every header of ours below it, each once."""
    if path in seen or not path.is_file():
        return
    seen.add(path)
    for name in INCLUDE.findall(path.read_bytes()):
        for base in (ROOT / "src", ROOT, path.parent):
            included(base / name.decode(), seen)


def key(path, command):
    seen = set()
    included(path, seen)
    digest = hashlib.sha256(command.encode() + (ROOT / ".clang-tidy").read_bytes())
    for file in sorted(seen):
        digest.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes() + b"\0")
    return CLEAN / digest.hexdigest()


def look(path, command):
    stamp = key(path, command)
    if stamp.exists():
        return True, ""
    result = subprocess.run(["clang-tidy-14", "--quiet", "--extra-arg=-Wno-unknown-warning-option", "-p", str(BUILD), str(path)], text=True, capture_output=True, check=False)
    if result.returncode == 0:
        stamp.touch()
    return result.returncode == 0, result.stdout + (result.stderr if "error:" in result.stderr and not result.stdout else "")


def main():
    commands = {pathlib.Path(entry["file"]): entry["command"] for entry in json.loads((BUILD / "compile_commands.json").read_text())}
    wanted = {ROOT / name for name in sys.argv[1:]} or set(commands)
    files = sorted(path for path in commands if path in wanted and not path.is_relative_to(ROOT / "build"))
    CLEAN.mkdir(parents=True, exist_ok=True)
    bad = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for clean, text in pool.map(lambda path: look(path, commands[path]), files):
            bad += not clean
            if not clean:
                print(text, flush=True)
    print(f"clang-tidy: {bad} of {len(files)} files have findings" if bad else f"clang-tidy: nothing in {len(files)} files")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
