# SPDX-License-Identifier: AGPL-3.0-or-later
"""Plants includes in a small house and sees which of them check_rooms.py finds."""
import pathlib
import tempfile
import unittest

import check_rooms

PLAN = """# a small house
base:
db: base
readers: base db/foreign.h
people: base

[headers]
sqlite3.h: db
gmime/: readers
"""


class CheckRooms(unittest.TestCase):
    def found(self, path, text):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            for name, content in {"tools/rooms.txt": PLAN, path: text}.items():
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                (root / name).write_text(content)
            return list(check_rooms.findings(root))

    def test_lets_pass_what_the_table_allows(self):
        for path, text in [
            ("src/db/a.h", '#include "base/text.h"\n#include <sqlite3.h>\n#include <vector>\n'),
            ("src/people/a.cc", '#include "people/b.h"\n'),
            ("src/readers/a.cc", '#include "db/foreign.h"\n#include <gmime/gmime.h>\n'),
            ("src/people/a_test.cc", '#include "tests/temporary_folder.h"\n'),
            ("src/people/a.cc", '// #include "db/connection.h"\n'),
        ]:
            with self.subTest(text):
                self.assertEqual(self.found(path, text), [])

    def test_finds_each_planted_include(self):
        for path, text in [
            ("src/base/a.h", '#include "db/connection.h"\n'),
            ("src/people/a.cc", '#include "db/connection.h"\n'),
            ("src/people/a.cc", '  #  include <db/connection.h>\n'),
            ("src/readers/a.cc", '#include "db/connection.h"\n'),
            ("src/people/a.cc", '#include <sqlite3.h>\n'),
            ("src/people/a.cc", '#include "sqlite3.h"\n'),
            ("src/db/a.cc", '#include <gmime/gmime.h>\n'),
            ("src/people/a_test.cc", '#include "db/connection.h"\n'),
            ("src/people/a.cc", '#include "tests/temporary_folder.h"\n'),
            ("src/people/a.cc", '#include "b.h"\n'),
            ("src/attic/a.cc", '#include <vector>\n'),
        ]:
            with self.subTest(text):
                self.assertEqual(len(self.found(path, text)), 1)

    def test_names_the_place(self):
        self.assertTrue(self.found("src/base/a.h", '\n#include "db/x.h"\n')[0].startswith("src/base/a.h:2: includes db/x.h: "))

    def test_refuses_a_table_with_a_room_that_does_not_exist(self):
        with self.assertRaises(SystemExit):
            check_rooms.Plan("base: cellar\n")


if __name__ == "__main__":
    unittest.main()
