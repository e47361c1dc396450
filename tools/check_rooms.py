#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Checks every #include below src/ against tools/rooms.txt: which room may know which other room, or which single header of it,
and which room alone may use a library. Usage: check_rooms.py [ROOT]. Exit status 1 and a line for each finding."""
import pathlib
import re
import sys

INCLUDE = re.compile(r'^\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)')


class Plan:
    """The table: rooms[room] = what it may include; headers[prefix] = the rooms that may include system headers so named."""

    def __init__(self, text):
        self.rooms, self.headers = {}, {}
        table = self.rooms
        for number, line in enumerate(text.splitlines(), 1):
            line = line.split("#")[0].strip()
            if line == "[headers]":
                table = self.headers
            elif line:
                name, colon, allowed = line.partition(":")
                if not colon:
                    raise SystemExit(f"rooms.txt:{number}: not `name: names`")
                table[name.strip()] = allowed.split()
        for room, allowed in self.rooms.items():
            for name in allowed:
                if name.split("/")[0] not in self.rooms:
                    raise SystemExit(f"rooms.txt: {room} may include {name}, but there is no such room")

    def refusal(self, room, header, is_ours, is_test):
        """Why a file of `room` may not include `header`; None if it may."""
        if is_ours:
            return self.refusal_of_ours(room, header, is_test)
        for prefix, rooms in self.headers.items():
            if header.startswith(prefix) and room not in rooms:
                return f"only {' '.join(rooms)} may use <{prefix}>"
        return None

    def refusal_of_ours(self, room, header, is_test):
        other = header.split("/")[0]
        if other == "tests" and is_test:
            return None
        if other not in self.rooms or "/" not in header:
            return "our headers are named from src/: room/header.h"
        if other == room or other in self.rooms[room] or header in self.rooms[room]:
            return None
        return f"{room} may include only: {' '.join(self.rooms[room]) or 'nothing of ours'}"


def findings(root):
    plan = Plan((root / "tools/rooms.txt").read_text())
    source = root / "src"
    for folder in sorted(path for path in source.iterdir() if path.is_dir()):
        if folder.name not in plan.rooms:
            yield f"src/{folder.name}: this room is not in tools/rooms.txt"
    for path in sorted([*source.rglob("*.h"), *source.rglob("*.cc")]):
        room = path.relative_to(source).parts[0]
        if room not in plan.rooms:
            continue
        for number, line in enumerate(path.read_text().splitlines(), 1):
            found = INCLUDE.match(line)
            if not found:
                continue
            ours, system = found.groups()
            # A system header written with quotes, or ours with angle brackets, does not slip through.
            is_ours = (ours or system).split("/")[0] in plan.rooms or (ours is not None and not (
                any(ours.startswith(prefix) for prefix in plan.headers)))
            why = plan.refusal(room, ours or system, is_ours, path.stem.endswith("_test"))
            if why:
                yield f"{path.relative_to(root)}:{number}: includes {ours or system}: {why}"


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parents[1])
    found = list(findings(root))
    print("\n".join(found) if found else "rooms: every include is allowed")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
