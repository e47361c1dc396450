# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where a word stands in a message, as Python's own mail library sees it: the judge of what two programs found, so it shares
nothing with either, save that words become terms as Xapian makes them."""
import email
import email.header
import html
import html.parser
import re
import unicodedata

ORIGINAL_MESSAGE = re.compile(r"-----\s*(original message|message d'origine)\s*-----", re.IGNORECASE)
WORD = re.compile(r"[^\W_]+")
ENCODED_WORD = re.compile(r"=\?[^?\s]+\?[bq]\?[^?]*\?=", re.IGNORECASE)
OUTLOOK_FIELD = re.compile(r"\s*>*\s*(de|from|à|to|cc|envoyé|sent|date|objet|subject)\s*:", re.IGNORECASE)
ATTRIBUTION = re.compile(r"(wrote|writes|a écrit|avez écrit)\s*:\s*$")
INTRODUCTION = re.compile(r"(\S@\S|\b(19|20)\d\d\b).*:\s*$")
TAG = re.compile(r"<[^>]*>")
FOLDED_AT = 72  # columns
SECTION = 1 << 20  # characters of one text that a reader keeps; the answer says that it was cut
CODED_LINE = re.compile(r"[A-Za-z0-9+/=]{60,}|^M[!-`]{60}$")  # base64, uuencode: a long link has dots and colons
MESSAGE_ID = re.compile(r"<([^<>\s]+)>")
NAME_HEADERS = ("From", "Sender", "Reply-To", "To", "Cc", "Bcc")
ZONES = ("subject", "names", "body", "quoted", "attachment", "alternative", "file name", "coded", "style", "type", "quote head", "beyond", "subject part")


class TextOfHtml(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.pieces = []
        self.hidden_pieces = []
        self.hidden = 0

    def handle_starttag(self, tag, attributes):
        self.hidden += tag in ("style", "script")
        if tag in ("br", "p", "div", "tr", "li", "blockquote"):
            self.pieces.append("\n")

    def handle_endtag(self, tag):
        self.hidden -= tag in ("style", "script") and self.hidden > 0

    def handle_data(self, data):
        (self.hidden_pieces if self.hidden else self.pieces).append(data)


def text_of_html(markup):
    """What is shown, the style sheets and scripts, and pieces of words that markup breaks."""
    parser = TextOfHtml()
    parser.feed(markup)
    text = "".join(parser.pieces)
    # Where markup or an entity stands in a word, as in `<b>W</b>ord`, notmuch keeps the pieces.
    bare = html.unescape(re.sub(r"&#?\w+;", " ", TAG.sub(" ", markup)))
    pieces = set(" ".join(parser.pieces).split()) | set(bare.split())
    hidden = "".join(parser.hidden_pieces)
    return text, hidden, " ".join(sorted(pieces - set(text.split()) - set(hidden.split())))


def decoded_header(value):
    try:
        return str(email.header.make_header(email.header.decode_header(str(value))))
    except (LookupError, ValueError):
        return str(value)


def decoded_text(part):
    content = part.get_payload(decode=True) or b""
    try:
        return content.decode(part.get_content_charset() or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return content.decode("latin-1")


def is_marked(line):
    return line.lstrip().startswith((">", "|"))


def is_overflow(lines, at):
    """Between two quoted lines, what found no room when a program folded the first of them anew."""
    if not 0 < at < len(lines) - 1 or not is_marked(lines[at - 1]) or not is_marked(lines[at + 1]) or not lines[at].strip():
        return False
    goes_on = lines[at][0] == "<" or lines[at][0].islower()
    return goes_on and len(lines[at - 1]) + 1 + len(lines[at].split(" ")[0]) > FOLDED_AT


def introduces(lines, at):
    """Who and when, of the quotation right below: `2008/10/31 Ann <ann@mill.example>:`."""
    if ATTRIBUTION.search(lines[at]):
        return True
    following = next((line for line in lines[at + 1:at + 3] if line.strip()), "")
    return INTRODUCTION.search(lines[at]) is not None and is_marked(following)


def begins_history(lines, at):
    """An attribution below somebody's own words, and no marks after it: the rest is what was answered."""
    if ATTRIBUTION.search(lines[at]) is None:
        return False
    rest = [line for line in lines[at + 1:at + 20] if line.strip()]
    own = any(line.strip() and not is_marked(line) for line in lines[:at])
    return own and rest != [] and not any(map(is_marked, rest[:3]))


def add_lines(zones, text):
    """Line by line: what introduces a quotation is neither the sender's nor the original's."""
    quoting = in_head = in_armour = False
    zones["beyond"].append(text[SECTION:])
    lines = text[:SECTION].splitlines()
    for at, line in enumerate(lines):
        # Of `Hash: SHA256` to the empty line, and of a signature, nothing is anybody's words (RFC 4880, 6.2 and 7).
        if line.startswith("-----BEGIN PGP SIG"):
            in_armour, armour_end = True, "" if "SIGNED" in line else "-----END PGP SIGNATURE-----"
        elif in_armour and line.strip() == armour_end:
            in_armour = False
        if in_armour:
            zones["coded"].append(line)
            continue
        begins = ORIGINAL_MESSAGE.search(line) is not None
        quoting = quoting or begins or begins_history(lines, at)
        in_head = begins or (in_head and OUTLOOK_FIELD.match(line) is not None)
        if CODED_LINE.search(line):
            zones["coded"].append(line)
        if in_head or introduces(lines, at):
            zones["quote head"].append(line)
        elif quoting or is_marked(line) or is_overflow(lines, at):
            zones["quoted"].append(CODED_LINE.sub(" ", line))
        else:
            zones["body"].append(CODED_LINE.sub(" ", line))


def add_part(zones, part, has_plain):
    name = part.get_filename()
    if name:
        zones["file name"].append(decoded_header(name))
    zones["type"].append(part.get_content_type())
    if part.get_content_maintype() != "text":
        return
    text = decoded_text(part)
    is_html = part.get_content_subtype() == "html"
    if is_html:
        text, hidden, pieces = text_of_html(text)
        zones["style"] += [hidden, pieces]
    if name or part.get_content_disposition() == "attachment":
        zones["attachment"].append(text)
    elif is_html and has_plain:
        zones["alternative"].append(text)
    else:
        add_lines(zones, text)


def zones_of(message):
    """The texts of a message by the zone they stand in."""
    zones = {zone: [] for zone in ZONES}
    zones["subject"] += map(decoded_header, message.get_all("Subject", []))
    parts = [part for line in message.get_all("Subject", []) for part in ENCODED_WORD.findall(str(line))]
    if len(parts) > 1:
        zones["subject part"] += map(decoded_header, parts)
    for header in NAME_HEADERS:
        zones["names"] += map(decoded_header, message.get_all(header, []))
    leaves = [part for part in message.walk() if not part.is_multipart()]
    has_plain = any(part.get_content_type() == "text/plain" and not part.get_filename() and decoded_text(part).strip() for part in leaves)
    for part in leaves:
        add_part(zones, part, has_plain)
    return {zone: "\n".join(texts) for zone, texts in zones.items()}


def read_message(path):
    return email.message_from_bytes(path.read_bytes())


def message_id(message):
    found = MESSAGE_ID.search(str(message.get("Message-ID", "")))
    return found.group(1) if found else str(message.get("Message-ID", "")).strip()


def answered_ids(message):
    text = " ".join(str(message.get(header, "")) for header in ("References", "In-Reply-To"))
    return MESSAGE_ID.findall(text)


def folded(word):
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", word.lower()) if not unicodedata.combining(letter))
    return plain.replace("œ", "oe").replace("æ", "ae").replace("ß", "ss")


def our_stems(word, french, english):
    """The stems under which Entregent looks for a folded word (docs/decisions.md): a French one has four letters or more."""
    if len(word) < 3 or any(letter.isdigit() for letter in word):
        return set()
    feminine = word[:-2] if word.endswith("ees") else word[:-1] if word.endswith("ee") else word
    of_french = french(feminine)
    found = {of_french} if len(of_french) >= 4 else set()
    return found | {english(word)} if not found or english(word) != of_french else found


def only_by_stem(word, tokens, french, english):
    """None of the tokens is the word without its accents, nor has a stem of ours in common with it."""
    asked = folded(word)
    stems = our_stems(asked, french, english)
    return bool(tokens) and not any(folded(token) == asked or stems & our_stems(folded(token), french, english) for token in tokens)


class Terms:
    """What notmuch keeps of a text and looks for: English stems, by Xapian's own code."""

    def __init__(self):
        import xapian  # here, so that the tests of the rest need no package
        self.document = xapian.Document
        self.stem = xapian.Stem("english")
        self.generator = xapian.TermGenerator()
        self.generator.set_stemmer(self.stem)
        french = xapian.Stem("french")
        self.stems = [lambda word, stem=stem: stem(word.encode("utf-8")).decode("utf-8", "replace") for stem in (french, self.stem)]

    def of_text(self, text):
        document = self.document()
        self.generator.set_document(document)
        self.generator.index_text(text)
        return {item.term.decode("utf-8", "replace") for item in document.termlist()}

    def of_word(self, word):
        return "Z" + self.stem(word.encode("utf-8")).decode("utf-8", "replace")

    def only_by_stem(self, word, text):
        """notmuch's stem joins words that ours keep apart."""
        term = self.of_word(word)
        return only_by_stem(word, {token for token in WORD.findall(text.lower()) if self.of_word(token) == term}, *self.stems)
