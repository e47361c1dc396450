#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Checks that every test named in the trap tables of docs/formats.md is there. Usage: check_traps.py [ROOT]. Exit status 1 and a
line for each name without a test.

A name is `Suite.test`, `….test` of the suite before it, `Suite`, or one word: a test, or a case of a table, whatever its suite."""
import pathlib
import re
import sys

TEST = re.compile(r'\bTEST(?:_F|_P)?\((\w+), (\w+)\)')
CASE = re.compile(r'\w+Case\{\s*"(\w+)"')
NAME = re.compile(r'`([^`]+)`')


def tests_of(root):
    """Pairs of suite and test, and all words that stand alone: suites, tests, cases of tables."""
    pairs, words = set(), set()
    for path in [*(root / "src").rglob("*_test.cc"), *(root / "tests").rglob("*_test.cc")]:
        text = path.read_text(encoding="utf-8")
        pairs.update(TEST.findall(text))
        words.update(CASE.findall(text))
    for pair in pairs:
        words.update(pair)
    return pairs, words


def names_of(text):
    """Line number and name, of each test in the last column of each table about traps."""
    in_table = False
    for number, line in enumerate(text.splitlines(), 1):
        in_table = line.startswith("|") and (in_table or line.startswith("| trap |"))
        if in_table and not line.startswith(("| trap |", "|---")):
            for name in NAME.findall(line.rstrip(" |").rsplit("| ", 1)[1]):
                yield number, name


def findings(root):
    pairs, words = tests_of(root)
    suite = ""
    names = list(names_of((root / "docs/formats.md").read_text(encoding="utf-8")))
    if not names:
        yield "docs/formats.md: no table about traps"
    for number, name in names:
        before, dot, test = name.rpartition(".")
        if dot and before != "…" and before != "..":
            suite = before
        there = (suite, test) in pairs if dot else name in words
        if not there:
            yield f"docs/formats.md:{number}: there is no test {suite + '.' + test if dot else name}"


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent.parent)
    found = list(findings(root))
    print("\n".join(found), end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
