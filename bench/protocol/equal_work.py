# SPDX-License-Identifier: AGPL-3.0-or-later
"""Equal work: every message that notmuch finds by a word is found by Entregent too, or there is a rule why not, and the rule is
checked on the message itself."""
import collections

from . import mail_zones

WORDS = 300
# Zones whose words need not be found, and the rule's name. `quoted` is a rule only if an original is found: see explain().
ZONE_RULES = {
    "names": "header-only",       # asked for by who, from:, to:, with:
    "file name": "file-name",     # asked for by has:attachment and the dossier
    "alternative": "alternative",  # the HTML of a text that was read
    "coded": "base64-like",       # a run of 60 bytes or more without a blank is no word
    "style": "style-sheet",       # of HTML: notmuch keeps what nobody is shown
    "type": "media-type",         # application/pdf is no text
    "beyond": "beyond-1-MiB",     # of one text, which the answer says was cut
    "subject part": "encoded-word",  # the end of one in the middle of a word (RFC 2047 section 6.2 joins them), for notmuch two words
}


class Comparison:
    def __init__(self, box, terms=None):
        self.terms = terms or mail_zones.Terms()
        self.paths = {}
        self.ours = {}    # word: the ids that we find by it
        self.missed = {}  # id: the words by which notmuch alone finds it
        for path in box.files():
            with path.open("rb") as file:
                self.paths[mail_zones.message_id(mail_zones.email.message_from_bytes(file.read(65536)))] = path
        self.rules = collections.Counter()
        self.unexplained = []  # (word, Message-ID, zones): of a real box this stays in the build folder
        self.words = self.found = self.more = 0

    def message(self, message_id):
        """The parsed message, its text and its terms by zone."""
        if message_id not in self.paths:
            return None, {}, {}
        message = mail_zones.read_message(self.paths[message_id])
        texts = {zone: text for zone, text in mail_zones.zones_of(message).items() if text}
        return message, texts, {zone: self.terms.of_text(text) for zone, text in texts.items()}

    def explain(self, word, message, texts, terms):
        """The rule for a message that we do not find by this word, or None; and where the word stands in it."""
        if message is None:
            return None, set()
        if message.get_content_type() in ("multipart/encrypted", "application/pkcs7-mime"):
            return "encrypted", set()
        term = self.terms.of_word(word)
        zones = {zone for zone in terms if term in terms[zone]}
        names = set()
        for zone in zones:
            originals = mail_zones.answered_ids(message)
            if zone == "quoted" and any(original in self.ours[word] for original in originals):
                names.add("quoted")
            elif zone == "quote head" and any(original in self.paths for original in originals):
                names.add("quote-head")  # who, when and what about: the headers of an original that is in the box
            elif zone in ZONE_RULES:
                names.add(ZONE_RULES[zone])
            elif self.terms.only_by_stem(word, texts[zone]):
                names.add("other-stem")
            else:
                return None, zones
        return "+".join(sorted(names)) or None, zones

    def compare(self, word, theirs, ours):
        self.words += 1
        self.found += len(theirs)
        self.more += len(ours - theirs)
        self.ours[word] = ours
        for message_id in theirs - ours:
            self.missed.setdefault(message_id, []).append(word)

    def judge(self):
        """Explains what is missed, message by message: each is parsed once, though many words miss it."""
        for message_id, words in sorted(self.missed.items()):
            message, texts, terms = self.message(message_id)
            for word in words:
                rule, zones = self.explain(word, message, texts, terms)
                if rule:
                    self.rules[rule] += 1
                else:
                    self.unexplained.append((word, message_id, ",".join(sorted(zones)) or "nowhere"))

    def summary(self):
        """Numbers only: no word and no id of a box."""
        zones = collections.Counter(zones for _, _, zones in self.unexplained)
        return {"words": self.words, "found_by_notmuch": self.found, "found_by_us_alone": self.more, "explained": dict(self.rules),
                "unexplained": len(self.unexplained), "unexplained_by_zone": dict(zones)}


def compare(box, sample, notmuch, entregent):
    comparison = Comparison(box)
    entregent.learn_ids(comparison.paths)
    for word, _ in sample.words_by_zone(WORDS):
        comparison.compare(word, notmuch.message_ids(word), entregent.message_ids(word))
    comparison.judge()
    return comparison
