#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Checks the translations: every text marked tr, trn or N_ in src/ has its entry in po/*.po, with the same numbered placeholders and
both plural forms, and French is written as French is printed (no-break spaces, « », ’). Usage: check_translations.py [ROOT]."""
import ast
import pathlib
import re
import subprocess
import sys
import tempfile

NO_BREAK = "\u00a0\u202f"
KEYWORDS = ["--keyword", "--keyword=N_", "--keyword=tr", "--keyword=trn:1,2"]
PLACEHOLDER = re.compile(r"\{(\d*)(?::[^{}]*)?\}")


def entries(text):
    """The entries of a .po file but its header: [(msgid, msgid_plural or None, [msgstr…])]."""
    result, current, key = [], {}, None

    def close():
        if current.get("msgid"):
            forms = [current[name] for name in sorted(current) if name.startswith("msgstr")]
            result.append((current["msgid"], current.get("msgid_plural"), forms))
        current.clear()

    for line in text.splitlines() + [""]:
        line = line.strip()
        if line.startswith("msgid ") or (not line and current):
            close()
        if line.startswith('"'):
            current[key] += ast.literal_eval(line)
        elif line.startswith("msg"):
            key, _, value = line.partition(" ")
            current[key] = ast.literal_eval(value)
    return result


def marked_texts(root):
    """What the sources mark, as entries without translation."""
    files = [str(path) for pattern in ("*.h", "*.cc") for path in sorted((root / "src").rglob(pattern)) if not path.stem.endswith("_test")]
    with tempfile.TemporaryDirectory() as folder:
        output = pathlib.Path(folder) / "texts.po"
        subprocess.run(["xgettext", "--language=C++", "--from-code=UTF-8", *KEYWORDS, "--no-wrap", "--force-po", f"--output={output}", *files],
                       check=True)
        return entries(output.read_text())


def placeholders(text):
    return sorted(set(PLACEHOLDER.findall(text.replace("{{", "").replace("}}", ""))))


def placeholder_findings(one, many, forms):
    wanted = placeholders(many or one)
    if "" in wanted:
        yield "a placeholder without number"
    for index, form in enumerate(forms):
        given = placeholders(form)
        # A form for one may say "one" in words and leave {0} out.
        if given != wanted and not (many and index == 0 and given == [name for name in wanted if name != "0"]):
            yield f"placeholders {given} instead of {wanted}"


def typography_findings(text, english=""):
    """French as it is printed. What is typed is left alone: commands in `…`, words of the query language that stand in the English
    text too (`from:`), and straight quotation marks where the English has them (it writes “ ” in its sentences)."""
    typed = set(re.findall(r"(?<!\S)[a-z]+:(?!\S)", english))
    if typed and not re.sub(r"[a-z]+:", "", english).strip():
        return  # nothing but such words: French has its own
    prose = " ".join(word for word in re.sub(r"`[^`]*`", "", text).split(" ") if word not in typed)
    for sign in re.finditer(r"(.?)([;?!»])", prose):
        before = sign.group(1)
        if before and before not in NO_BREAK + "?!.…»)":
            yield f"no no-break space before {sign.group(2)}"
    # A colon inside a word, a time or an address is none of a sentence.
    for sign in re.finditer(r"(.?):(?=\s|$)", prose):
        if sign.group(1) and sign.group(1) not in NO_BREAK and not prose[sign.end():].startswith(tuple(f"{space}»" for space in NO_BREAK)):
            yield "no no-break space before :"
    if re.search(rf"«(?![{NO_BREAK}])", prose):
        yield "no no-break space after «"
    if re.search(r"\w'\w", prose):
        yield "' instead of ’"
    if ('"' in prose and '"' not in english) or "“" in prose:
        yield "quotation marks are « »"
    if "..." in prose:
        yield "... instead of …"


def findings(root):
    marked = {(one, many) for one, many, _ in marked_texts(root)}
    for catalogue in sorted((root / "po").glob("*.po")):
        translated = {(one, many): forms for one, many, forms in entries(catalogue.read_text())}
        place = catalogue.relative_to(root)
        for one, many in sorted(marked, key=str):
            forms = translated.get((one, many))
            if forms is None:
                yield f"{place}: no entry (./dev po makes it): {one!r}"
            elif not all(forms) or (many and len(forms) != 2):
                yield f"{place}: not translated: {one!r}"
            else:
                found = list(placeholder_findings(one, many, forms))
                if catalogue.stem == "fr":
                    found += [finding for form in forms for finding in typography_findings(form, one)]
                yield from (f"{place}: {finding}: {one!r}" for finding in found)
        yield from (f"{place}: nobody says this any more (./dev po takes it out): {one!r}" for one, many in sorted(set(translated) - marked, key=str))


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parents[1])
    found = list(findings(root))
    print("\n".join(found) if found else "translations: complete")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
