#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What make_box and repeat_corpus promise, seen by Python's own mail library. box_test.py FOLDER_OF_THE_PROGRAMS"""
import email
import email.header
import email.utils
import hashlib
import mailbox
import pathlib
import subprocess
import sys
import tempfile
import unittest

MESSAGES = 500
programs = pathlib.Path(".")


def decoded(value):
    return str(email.header.make_header(email.header.decode_header(value)))


def mail_files(box):
    return sorted(path for path in box.rglob("*") if path.is_file())


def bytes_of(box):
    digest = hashlib.sha256()
    for path in mail_files(box):
        digest.update(str(path.relative_to(box)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def plain_text(message):
    for part in message.walk():
        if part.get_content_type() == "text/plain" and not part.get_filename():
            return part.get_payload(decode=True).decode(part.get_content_charset())
    return ""


def make(program, *arguments):
    return subprocess.run([programs / program, *map(str, arguments)], capture_output=True, text=True)


class GeneratedBox(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.root = pathlib.Path(cls.folder.name)
        made = make("make_box", "--messages", MESSAGES, "--seed", 7, "--out", cls.root / "box", "--mbox", cls.root / "box.mbox")
        assert made.returncode == 0, made.stderr
        cls.messages = [email.message_from_bytes(path.read_bytes()) for path in mail_files(cls.root / "box")]
        cls.by_id = {message["Message-ID"]: message for message in cls.messages}

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(self):
        for name, seed in (("again", 7), ("other", 8)):
            make("make_box", "--messages", MESSAGES, "--seed", seed, "--out", self.root / name)
        self.assertEqual(bytes_of(self.root / "box"), bytes_of(self.root / "again"))
        self.assertEqual((self.root / "box.truth.tsv").read_bytes(), (self.root / "again.truth.tsv").read_bytes())
        self.assertNotEqual(bytes_of(self.root / "box"), bytes_of(self.root / "other"))

    def test_every_message_is_sound_and_has_an_id_of_its_own(self):
        self.assertEqual(len(self.messages), MESSAGES)
        self.assertEqual(len(self.by_id), MESSAGES)
        for message in self.messages:
            for part in message.walk():
                self.assertEqual(part.defects, [])
                if not part.is_multipart():
                    content = part.get_payload(decode=True)
                    self.assertTrue(content)
                    if part.get_content_maintype() == "text":
                        content.decode(part.get_content_charset())
            self.assertIsNotNone(email.utils.parsedate_to_datetime(message["Date"]))

    def test_the_truth_counts_what_stands_in_the_headers(self):
        seen = {}
        for message in self.messages:
            at = int(email.utils.parsedate_to_datetime(message["Date"]).timestamp())
            headers = [value for name in ("From", "To", "Cc") for value in message.get_all(name, [])]
            for name, address in {(decoded(name), address) for name, address in email.utils.getaddresses(headers)}:
                seen.setdefault((name, address), []).append(at)
        rows = [line.split("\t") for line in (self.root / "box.truth.tsv").read_text().splitlines()]
        self.assertEqual(rows[0], ["name", "email", "person", "messages", "first_ts", "last_ts"])
        told = {(name, address): (int(count), int(first), int(last)) for name, address, _, count, first, last in rows[1:]}
        self.assertEqual({key: (len(times), min(times), max(times)) for key, times in seen.items()}, told)

    def test_no_address_has_two_owners(self):
        owners = {}
        for line in (self.root / "box.truth.tsv").read_text().splitlines()[1:]:
            owners.setdefault(line.split("\t")[1], set()).add(line.split("\t")[2])
        self.assertEqual([address for address, persons in owners.items() if len(persons) > 1], [])

    def test_one_person_in_two_hundred_has_the_name_of_another(self):
        table = self.root / "many.tsv"
        self.assertEqual(make("make_box", "--messages", 300000, "--seed", 5, "--truth", table).returncode, 0)
        usual = {}
        for line in table.read_text().splitlines()[1:]:
            name, _, person, *_ = line.split("\t")
            if person.startswith("p"):
                usual.setdefault(person, name)  # the row of the usual spelling comes first
        full = [name for name in usual.values() if name.count(" ") == 1 and not name.isupper()]
        self.assertGreater(len(full), 7000)
        self.assertTrue(0.003 < 1 - len(set(full)) / len(full) < 0.008)

    def ancestors(self, message):
        original = self.by_id.get(message["In-Reply-To"])
        return [] if original is None else [original, *self.ancestors(original)]

    def test_answers_come_after_what_they_answer_and_quote_its_lines(self):
        quoted = 0
        for message in self.messages:
            chain = self.ancestors(message)
            if not chain:
                self.assertTrue(message["In-Reply-To"] is None or "@elsewhere.example" in message["In-Reply-To"])
                continue
            dates = [email.utils.parsedate_to_datetime(mail["Date"]) for mail in (chain[0], message)]
            self.assertLess(dates[0], dates[1])
            lines = {line for mail in chain for line in plain_text(mail).splitlines()}
            for line in plain_text(message).splitlines():
                if line.startswith("> "):
                    quoted += 1
                    self.assertTrue(line[2:] in lines or line in lines, line)
        self.assertGreater(quoted, 200)

    def test_the_mbox_holds_the_same_messages(self):
        box = mailbox.mbox(self.root / "box.mbox", create=False)
        self.addCleanup(box.close)
        self.assertEqual(sorted(message["Message-ID"] for message in box), sorted(self.by_id))

    def test_it_refuses_what_it_cannot_do(self):
        for arguments in (["--messages", 0, "--out", "x"], ["--messages", 5], ["--messages", 2000000, "--out", "x"], ["--what", 1]):
            self.assertEqual(make("make_box", *arguments).returncode, 2)
        self.assertEqual(make("make_box", "--messages", 5, "--out", self.root / "box").returncode, 1)


class RepeatedCorpus(unittest.TestCase):
    """Two rounds and a half of a generated box, which serves for a real one."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.root = pathlib.Path(cls.folder.name)
        assert make("make_box", "--messages", 200, "--seed", 3, "--out", cls.root / "source").returncode == 0
        made = make("repeat_corpus", "--from", cls.root / "source", "--messages", 500, "--seed", 1, "--out", cls.root / "box")
        assert made.returncode == 0, made.stderr
        cls.originals = [email.message_from_bytes(path.read_bytes()) for path in mail_files(cls.root / "source")]
        cls.messages = [email.message_from_bytes(path.read_bytes()) for path in mail_files(cls.root / "box")]
        cls.by_id = {message["Message-ID"]: message for message in cls.messages}

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_every_message_has_an_id_of_its_own_and_answers_name_those_of_their_round(self):
        self.assertEqual((len(self.messages), len(self.by_id)), (500, 500))
        answers = [message for message in self.messages if message["In-Reply-To"] and "@elsewhere" not in message["In-Reply-To"]]
        self.assertGreater(len(answers), 100)
        for message in answers:
            self.assertIn(message["In-Reply-To"], self.by_id)
            self.assertEqual(message["In-Reply-To"].split(".")[0], message["Message-ID"].split(".")[0])

    def test_rounds_are_years_apart_on_the_same_days_of_the_week(self):
        dates = [email.utils.parsedate_to_datetime(message["Date"]) for message in self.messages]
        first = [email.utils.parsedate_to_datetime(message["Date"]) for message in self.originals]
        self.assertEqual(min(dates), min(first))
        self.assertEqual((max(dates) - max(first)).days, 371)
        for message, date in zip(self.messages, dates):
            self.assertEqual(message["Date"][:3], date.strftime("%a"))

    def test_other_words_of_the_same_vocabulary_in_the_same_layout(self):
        source = {word for message in self.originals for word in plain_text(message).lower().split()}
        words = [word for message in self.messages for word in plain_text(message).lower().split()]
        self.assertGreater(sum(word in source for word in words) / len(words), 0.7)  # the others differ by a comma or an accent
        texts = {plain_text(message) for message in self.originals}
        self.assertEqual([text for text in map(plain_text, self.messages) if text and text in texts], [])
        self.assertGreater(sum("\n-- \n" in plain_text(message) for message in self.messages), 100)

    def test_what_an_answer_quotes_is_still_in_its_original(self):
        quoted = kept = 0
        for message in self.messages:
            original = self.by_id.get(message["In-Reply-To"])
            if original is None:
                continue
            lines = set(plain_text(original).splitlines())
            for line in plain_text(message).splitlines():
                if line.startswith("> ") and not line.endswith(":"):
                    quoted += 1
                    kept += line[2:] in lines
        self.assertGreater(kept / quoted, 0.6)  # trimmed quotations begin in the middle of a sentence; Outlook's nest without a mark

    def test_the_same_seed_gives_the_same_bytes(self):
        make("repeat_corpus", "--from", self.root / "source", "--messages", 500, "--seed", 1, "--out", self.root / "again")
        self.assertEqual(bytes_of(self.root / "box"), bytes_of(self.root / "again"))


if __name__ == "__main__":
    programs = pathlib.Path(sys.argv.pop(1))
    unittest.main()
