# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which persons and words a run asks for: drawn by its seed from a sample of the box."""
import collections
import email.utils
import math
import random
import re

from . import mail_zones

SAMPLE = 2000
WORD = re.compile(r"[^\W\d_]{3,24}")
OPERATORS = {"and", "or", "not", "xor", "near", "adj"}  # of Xapian's query language
DRAWN_ZONES = ("subject", "body", "quoted", "attachment")


class Sample:
    """How many messages of the sample have each word, by zone; and who wrote how many."""

    def __init__(self, box, seed):
        self.seed = seed
        files = box.files()
        self.messages = min(SAMPLE, len(files))
        self.words = {zone: collections.Counter() for zone in DRAWN_ZONES}
        self.everywhere = collections.Counter()
        self.senders = collections.Counter()
        for path in self.random("sample").sample(files, self.messages):
            self.learn(mail_zones.read_message(path))

    def random(self, purpose):
        """What is drawn for one purpose does not hang on what else was drawn."""
        return random.Random(f"{purpose} {self.seed}")

    def learn(self, message):
        address = email.utils.parseaddr(str(message.get("From", "")))[1]
        if re.fullmatch(r"[A-Za-z0-9._-]+@[A-Za-z0-9.-]+", address):
            self.senders[address.lower()] += 1
        seen = set()
        zones = mail_zones.zones_of(message)
        for zone in DRAWN_ZONES:
            words = {word.lower() for word in WORD.findall(zones[zone])} - OPERATORS
            self.words[zone].update(words)
            seen |= words
        self.everywhere.update(seen)

    def persons(self, count):
        """Different ones, whoever writes more being likelier."""
        drawn = set()
        chance = self.random("persons")
        addresses = sorted(self.senders)
        weights = [self.senders[address] for address in addresses]
        while len(drawn) < min(count, len(addresses)):
            drawn.update(chance.choices(addresses, weights))
        return sorted(drawn)

    def over_all_frequencies(self, counter, count):
        """As many words from each doubling of the frequency, as far as there are so many."""
        classes = collections.defaultdict(list)
        for word in sorted(counter):
            classes[int(math.log2(counter[word]))].append(word)
        chance = self.random("words")
        for level in sorted(classes):
            chance.shuffle(classes[level])
        drawn = []
        while len(drawn) < count and any(classes.values()):
            for level in sorted(classes):
                if classes[level] and len(drawn) < count:
                    drawn.append(classes[level].pop())
        return drawn

    def queries(self, count):
        return self.over_all_frequencies(self.everywhere, count)

    def common_words(self, count):
        """Found in a tenth to a half of the messages."""
        common = [word for word in sorted(self.everywhere) if 0.1 <= self.everywhere[word] / self.messages <= 0.5]
        return self.random("common").sample(common, min(count, len(common)))

    def words_by_zone(self, count):
        """(word, zone where it was drawn) for the comparison of what is found; no word twice."""
        drawn = {}
        for index, zone in enumerate(DRAWN_ZONES):
            share = (count - len(drawn)) // (len(DRAWN_ZONES) - index)
            rest = collections.Counter({word: n for word, n in self.words[zone].items() if word not in drawn})
            drawn.update({word: zone for word in self.over_all_frequencies(rest, share)})
        return sorted(drawn.items())
