#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The bench judges others: here it is judged itself, on a box of five invented messages and without any of the programs."""
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
sys.dont_write_bytecode = True
from protocol import boxes, draw, equal_work, mail_zones, meter, programs, report  # noqa: E402

MAILS = {
    "first": "Subject: Harvest\n\nThe orchard is ready.\n",
    "answer": "Subject: Re: Harvest\nIn-Reply-To: <first@x.example>\n\n> The orchard is ready.\nGood.\n",
    "stray": "Subject: Re: Other\nIn-Reply-To: <gone@x.example>\n\n> An orchard elsewhere.\nFine.\n",
    "named": "Subject: Hello\n\nNothing here.\n",
    "coded": "Subject: Key\n\nbegin\norchard" + "+QUJD" * 20 + "\nend\n",
}


class WholeWords:
    """Stands in for Xapian's terms."""

    def of_text(self, text):
        return set("".join(letter if letter.isalnum() else " " for letter in text.lower()).split())

    def of_word(self, word):
        return word

    def only_by_stem(self, word, text):
        return False


class BoxOfFive(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        path = pathlib.Path(folder.name)
        for name, text in MAILS.items():
            sender = "Ann Orchard" if name == "named" else "Bo Reed"
            (path / name).write_text(f"From: {sender} <{name}@x.example>\nMessage-ID: <{name}@x.example>\n{text}")
        self.box = boxes.Box("five", path, len(MAILS), ["me@x.example"])
        self.comparison = equal_work.Comparison(self.box, WholeWords())

    def found(self, *names):
        return {f"{name}@x.example" for name in names}

    def test_a_quotation_is_explained_by_its_original_being_found(self):
        self.comparison.compare("orchard", self.found("first", "answer"), self.found("first"))
        self.comparison.judge()
        self.assertEqual((dict(self.comparison.rules), self.comparison.unexplained), ({"quoted": 1}, []))

    def test_a_quotation_is_not_explained_if_nobody_found_its_original(self):
        self.comparison.compare("orchard", self.found("answer", "stray"), set())
        self.comparison.judge()
        self.assertEqual(self.comparison.summary()["unexplained_by_zone"], {"quoted": 2})

    def test_a_quotation_of_an_unknown_original_must_be_found(self):
        self.comparison.compare("orchard", self.found("stray"), self.found("first"))
        self.comparison.judge()
        self.assertEqual(self.comparison.summary()["unexplained"], 1)

    def test_what_introduces_a_quotation_is_explained_if_the_original_is_in_the_box(self):
        (self.box.path / "top").write_text("From: Bo Reed <bo@x.example>\nMessage-ID: <top@x.example>\nIn-Reply-To: <first@x.example>\n"
                                           "Subject: Re: Harvest\n\nGood.\n\n-----Original Message-----\nFrom: Bo\n\nThe meadow\n")
        comparison = equal_work.Comparison(self.box, WholeWords())
        comparison.compare("original", self.found("top"), set())
        comparison.compare("meadow", self.found("top"), set())
        comparison.judge()
        self.assertEqual((dict(comparison.rules), comparison.summary()["unexplained_by_zone"]), ({"quote-head": 1}, {"quoted": 1}))

    def test_names_and_coded_lines_have_rules_of_their_own(self):
        self.comparison.compare("orchard", self.found("named", "coded"), set())
        self.comparison.judge()
        self.assertEqual(dict(self.comparison.rules), {"header-only": 1, "base64-like": 1})

    def test_a_word_of_the_body_or_subject_has_no_rule(self):
        self.comparison.compare("good", self.found("answer"), set())
        self.comparison.compare("harvest", self.found("first"), set())
        self.comparison.compare("nowhere", self.found("first"), set())
        self.comparison.judge()
        self.assertEqual(self.comparison.summary()["unexplained_by_zone"], {"body": 1, "subject": 1, "nowhere": 1})

    def test_what_we_find_alone_is_counted(self):
        self.comparison.compare("orchard", self.found("first"), self.found("first", "stray"))
        self.comparison.judge()
        self.assertEqual(self.comparison.summary()["found_by_us_alone"], 1)

    def test_words_are_drawn_from_every_zone_and_the_same_for_the_same_seed(self):
        drawn = draw.Sample(self.box, 1).words_by_zone(8)
        self.assertEqual(drawn, draw.Sample(self.box, 1).words_by_zone(8))
        self.assertTrue({"subject", "body", "quoted"} <= {zone for _, zone in drawn})
        self.assertEqual(len({word for word, _ in drawn}), len(drawn))


class Zones(unittest.TestCase):
    def test_each_text_goes_to_its_zone(self):
        message = mail_zones.email.message_from_string(
            'Subject: =?utf-8?Q?=C3=A9t=C3=A9?=\nContent-Type: multipart/mixed; boundary=b\n\n'
            '--b\nContent-Type: multipart/alternative; boundary=c\n\n--c\nContent-Type: text/plain\n\nfresh\n> old\n--c\n'
            'Content-Type: text/html\n\n<style>hidden</style><p>shown</p>\n--c--\n'
            '--b\nContent-Type: text/plain\nContent-Disposition: attachment; filename=notes.txt\n\ninside\n--b--\n')
        zones = {zone: text.split() for zone, text in mail_zones.zones_of(message).items() if text}
        self.assertEqual(zones, {"subject": ["été"], "body": ["fresh"], "quoted": [">", "old"], "alternative": ["shown"],
                                 "attachment": ["inside"], "file name": ["notes.txt"],
                                 "style": ["hidden"], "type": ["text/plain", "text/html", "text/plain"]})

    def lines(self, text):
        zones = {zone: [] for zone in mail_zones.ZONES}
        mail_zones.add_lines(zones, text)
        return {zone: " ".join(" ".join(lines).split()) for zone, lines in zones.items() if "".join(lines).strip()}

    def test_who_introduces_a_quotation_has_a_date_or_an_address(self):
        self.assertEqual(self.lines("2008/10/31 Ann <ann@mill.example>:\n> old\nfresh\n"),
                         {"quote head": "2008/10/31 Ann <ann@mill.example>:", "quoted": "> old", "body": "fresh"})
        self.assertEqual(self.lines("two questions:\n> old\n"), {"body": "two questions:", "quoted": "> old"})

    def test_what_found_no_room_is_quoted_too(self):
        full = "> " + "word " * 13 + "worldly"
        self.assertEqual(self.lines(f"{full}\nleft over\n> more\n")["quoted"], f"{full} left over > more")
        self.assertEqual(self.lines("> old\nyes\n> more\n"), {"quoted": "> old > more", "body": "yes"})

    def test_an_answered_mail_without_marks_goes_to_the_end(self):
        self.assertEqual(self.lines("fresh\nOn 5 May Ann wrote:\nold\nolder\n"),
                         {"body": "fresh", "quote head": "On 5 May Ann wrote:", "quoted": "old older"})
        self.assertEqual(self.lines("On 5 May Ann wrote:\nfresh\n"), {"quote head": "On 5 May Ann wrote:", "body": "fresh"})

    def test_armour_and_what_a_reader_cuts_are_no_words(self):
        signed = "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nfresh\n-----BEGIN PGP SIGNATURE-----\n\nabc\n=def\n-----END PGP SIGNATURE-----\n"
        self.assertTrue(self.lines(signed)["body"].startswith("fresh"))
        self.assertNotIn("abc", self.lines(signed)["body"])
        self.assertEqual(self.lines("x" * mail_zones.SECTION + " late")["beyond"], "late")

    def test_a_stem_that_is_notmuchs_alone_is_a_rule(self):
        cut = lambda word: word[:4]
        self.assertTrue(mail_zones.only_by_stem("uinés", {"uinée"}, lambda word: word[:3], lambda word: word))
        self.assertFalse(mail_zones.only_by_stem("uinés", {"uinée", "UINES"}, lambda word: word[:3], lambda word: word))
        self.assertFalse(mail_zones.only_by_stem("calculés", {"calculées"}, cut, lambda word: word))
        self.assertFalse(mail_zones.only_by_stem("anything", set(), cut, cut))

    def test_the_end_of_an_encoded_word_is_no_end_of_a_word(self):
        message = mail_zones.email.message_from_string("Subject: =?utf-8?Q?these_qu?=\n =?utf-8?Q?=C3=A9s?=\n\n")
        zones = mail_zones.zones_of(message)
        self.assertEqual((zones["subject"], zones["subject part"]), ("these qués", "these qu\nés"))

    def test_markup_breaks_words(self):
        self.assertEqual(mail_zones.text_of_html("<p><b>W</b>ord</p><style>s</style>"), ("\nWord", "s", "W ord"))


class Meter(unittest.TestCase):
    def test_orphans_are_waited_for_and_counted(self):
        burn = "import os,time\nif os.fork()==0:\n os.setsid()\n begin=time.process_time()\n while time.process_time()-begin<0.3: pass\n"
        with open("/dev/null", "w") as log:
            cost = meter.measure([sys.executable, "-c", burn], None, log)
        self.assertGreaterEqual(cost.cpu_seconds, 0.3)
        self.assertGreater(cost.peak_bytes, 1 << 20)

    def test_a_command_that_fails_is_no_measurement(self):
        with open("/dev/null", "w") as log, self.assertRaises(meter.Failed):
            meter.measure(["false"], None, log)


class Report(unittest.TestCase):
    def run_with(self, unexplained):
        def measured(scale):
            latency = {kind: {"wall": [[4.0 * scale, 6.0 * scale]], "cpu": [1]} for kind in ("who", "find", "all_hits")}
            return {"rounds": [{"cpu_s": 2.0 * scale, "wall_s": scale, "peak_mb": scale, "index_mb": scale}], "latency_ms": latency}

        work = {"words": 3, "found_by_notmuch": 10, "found_by_us_alone": 0, "explained": {"quoted": 2}, "unexplained": unexplained}
        box = {"name": "five", "messages": 5, "programs": {"notmuch": measured(8), "entregent": measured(1)}, "equal_work": work}
        return {"commit": "0" * 40, "changed_files": 0, "date": "2026-01-01T00:00:00Z", "rounds": 1, "seed": 1, "boxes": [box],
                "machine": {"processor": "P", "cores": 2, "memory_mb": 1, "kernel": "6", "system": "Debian"}}

    def test_ratios_stand_only_where_every_difference_is_explained(self):
        self.assertIn("| entregent : notmuch | 8.0 × |", report.table([self.run_with(0)]))
        self.assertIn("quoted 2 (20.00 %)", report.table([self.run_with(0)]))
        self.assertNotIn("×", report.table([self.run_with(1)]))

    def test_the_table_replaces_the_one_before_and_leaves_the_page(self):
        with tempfile.TemporaryDirectory() as root:
            root = pathlib.Path(root)
            (root / "bench").mkdir()
            report.write_raw(root, self.run_with(0))
            page = report.write_table(root, "0" * 40)
            page.write_text(page.read_text() + "\nWritten by hand.\n")
            report.write_raw(root, {**self.run_with(1), "date": "2026-01-02T00:00:00Z"})
            report.write_table(root, "0" * 40)
            text = page.read_text()
        self.assertEqual(text.count("| five, 1 round | notmuch |"), 1)
        self.assertNotIn("×", text)  # the newer of the two runs of one commit
        self.assertTrue(text.endswith("Written by hand.\n"))


class Answers(unittest.TestCase):
    def test_ids_are_read_from_the_answer(self):
        key = programs.key_of_mail("a@x.example")
        answer = {"version": 1, "more": False, "found": [{"message": key}, {"message": "00"}]}
        self.assertEqual(programs.ids_of_answer(answer, {key: "a@x.example"}), {"a@x.example"})


if __name__ == "__main__":
    unittest.main()
