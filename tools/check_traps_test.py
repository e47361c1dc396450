#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writes a table about traps and a suite, and sees which names check_traps.py finds no test for."""
import pathlib
import tempfile
import unittest

import check_traps

SUITE = """
TEST(Folding, joins_lines) {}
TEST_F(Folding, ends) {}
INSTANTIATE_TEST_SUITE_P(table, Words, testing::Values(WordCase{"french", "été"}, WordCase{
    "english", "x"}));
TEST_P(Words, are_read) {}
"""


class Traps(unittest.TestCase):
    def findings(self, row, suite=SUITE):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            (root / "docs").mkdir()
            (root / "src/readers").mkdir(parents=True)
            (root / "src/readers/words_test.cc").write_text(suite, encoding="utf-8")
            table = f"| trap | what is done | test |\n|---|---|---|\n{row}\n\n| other |\n|---|\n| `no.test` |\n"
            (root / "docs/formats.md").write_text(table, encoding="utf-8")
            return list(check_traps.findings(root))

    def test_knows_each_way_to_name_a_test(self):
        for names in ("`Folding.joins_lines`, `….ends`", "`joins_lines`", "`Words`", "`Words.are_read` (`french`, `english`)"):
            self.assertEqual(self.findings(f"| `trap` | done | {names} |"), [], names)

    def test_finds_names_without_a_test(self):
        for names, missing in (
            ("`Folding.splits_lines`", "Folding.splits_lines"),
            ("`Folding.ends`, `….are_read`", "Folding.are_read"),
            ("`Words.ends`", "Words.ends"),
            ("`german`", "german"),
        ):
            self.assertEqual(self.findings(f"| a | b | {names} |"), [f"docs/formats.md:3: there is no test {missing}"])

    def test_finds_a_page_without_tables(self):
        self.assertEqual(len(self.findings("", suite="")), 1)


if __name__ == "__main__":
    unittest.main()
