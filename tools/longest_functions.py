#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Prints the longest functions of src/, tests apart, for a look. Relies on clang-format: a body ends at a line of only `}` (or `};`,
`})…`) with the indent of the line that opened it. Usage: longest_functions.py [COUNT]."""
import pathlib
import re
import statistics
import sys

NO_FUNCTION = re.compile(r"^\s*(namespace|class|struct|enum|union|if|for|while|switch|else|do|try|extern|\}|return|case)\b|=\s*\{$|^\s*[{}]")


def functions(lines):
    """(first line, length, head) of each function, outermost ones only."""
    number = 0
    while number < len(lines):
        line = lines[number]
        if line.endswith("{") and ")" in line and not NO_FUNCTION.match(line):
            indent = len(line) - len(line.lstrip())
            if line.lstrip().startswith(":") or indent >= 4:  # the initialisers of a constructor, the end of a long head
                indent = max(indent - 4, 0)
            closing = " " * indent + "}"
            end = next((i for i in range(number + 1, len(lines)) if lines[i].startswith(closing)), number)
            yield number + 1, end - number + 1, line.strip()
            number = end
        number += 1


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    root = pathlib.Path(__file__).parents[1]
    found = []
    for path in [*(root / "src").rglob("*.cc"), *(root / "src").rglob("*.h")]:
        if not path.stem.endswith("_test"):
            found += [(length, f"{path.relative_to(root)}:{first}", head) for first, length, head in functions(path.read_text().splitlines())]
    found.sort(reverse=True)
    for length, place, head in found[:count]:
        print(f"{length:5} lines  {place}  {head}")
    if found:
        print(f"{len(found)} functions, median {statistics.median(length for length, _, _ in found):g} lines")


if __name__ == "__main__":
    main()
