# SPDX-License-Identifier: AGPL-3.0-or-later
"""Plants faults in a small catalogue and sees whether check_translations.py finds each."""
import pathlib
import tempfile
import unittest

import check_translations

SOURCE = """
auto a = tr("Open {0}: {1} mails");
auto b = trn("{0} mail", "{0} mails", n);
constexpr auto c = N_("Who?");
"""
GOOD = {
    "open": 'msgid "Open {0}: {1} mails"\nmsgstr "Ouvrir {0}\u00a0: {1} courriels"\n',
    "mails": 'msgid "{0} mail"\nmsgid_plural "{0} mails"\nmsgstr[0] "{0} courriel"\nmsgstr[1] "{0} courriels"\n',
    "who": 'msgid "Who?"\nmsgstr "Qui\u202f?"\n',
}


class CheckTranslations(unittest.TestCase):
    def found(self, **changed):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            (root / "src").mkdir()
            (root / "po").mkdir()
            (root / "src/a.cc").write_text(SOURCE)
            (root / "po/fr.po").write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n' + "\n".join({**GOOD, **changed}.values()))
            return list(check_translations.findings(root))

    def test_is_content_with_a_complete_catalogue(self):
        self.assertEqual(self.found(), [])

    def test_finds_each_planted_fault(self):
        for fault, changed in {
            "no entry": {"who": ""},
            "not translated": {"who": 'msgid "Who?"\nmsgstr ""\n'},
            "one plural form only": {"mails": 'msgid "{0} mail"\nmsgid_plural "{0} mails"\nmsgstr[0] "{0} courriel"\n'},
            "second form empty": {"mails": GOOD["mails"].replace('"{0} courriels"', '""')},
            "placeholder lost": {"open": 'msgid "Open {0}: {1} mails"\nmsgstr "Ouvrir {0}"\n'},
            "placeholder invented": {"who": 'msgid "Who?"\nmsgstr "Qui {0}\u202f?"\n'},
            "count lost in the form for many": {"mails": GOOD["mails"].replace('"{0} courriels"', '"courriels"')},
            "plain space before ?": {"who": 'msgid "Who?"\nmsgstr "Qui ?"\n'},
            "no space before ?": {"who": 'msgid "Who?"\nmsgstr "Qui?"\n'},
            "plain space before :": {"open": GOOD["open"].replace("\u00a0:", " :")},
            "straight apostrophe": {"who": 'msgid "Who?"\nmsgstr "Qui est l\'autre\u202f?"\n'},
            "English quotation marks": {"who": 'msgid "Who?"\nmsgstr "\\"Qui\\"\u202f?"\n'},
            "plain space after «": {"who": 'msgid "Who?"\nmsgstr "« qui\u00a0»\u202f?"\n'},
            "three dots": {"who": 'msgid "Who?"\nmsgstr "Qui...\u202f?"\n'},
            "an entry nobody uses": {"more": 'msgid "Gone"\nmsgstr "Parti"\n'},
        }.items():
            with self.subTest(fault):
                self.assertEqual(len(self.found(**changed)), 1, self.found(**changed))

    def test_lets_a_form_for_one_say_it_in_words(self):
        self.assertEqual(self.found(mails=GOOD["mails"].replace('"{0} courriel"', '"un courriel"')), [])

    def test_leaves_commands_and_addresses_alone(self):
        self.assertEqual(check_translations.placeholders("{{}} {0} {1:>5}"), ["0", "1"])
        self.assertEqual(list(check_translations.typography_findings("voir `find \"from: x\"` et imaps://exemple, à 10:30")), [])

    def test_leaves_words_of_the_query_language_alone(self):
        self.assertEqual(list(check_translations.typography_findings("mot from: has:x \"ici\"", "word from: has:x \"here\"")), [])
        self.assertEqual(len(list(check_translations.typography_findings("De: moi", "from: me"))), 1)
        self.assertEqual(list(check_translations.typography_findings("de: à:", "from: to:")), [])


if __name__ == "__main__":
    unittest.main()
