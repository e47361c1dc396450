# SPDX-License-Identifier: AGPL-3.0-or-later
"""The programs that are measured. Each offers the same: how to index a box, ask for a person and a word, and how big it became."""
import hashlib
import json
import os
import pathlib
import shutil
import subprocess

NEWEST = "20"  # an answer on a screen


def folder_bytes(folder):
    return sum(path.stat().st_size for path in pathlib.Path(folder).rglob("*") if path.is_file())


def output_of(command, environment, good=(0,)):
    done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode not in good:
        raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}: {done.stderr.strip()[:500]}")
    return done.stdout


class Program:
    name = ""
    good_statuses = (0,)  # of a question: some programs have one for "nothing found"

    def __init__(self, state):
        self.state = pathlib.Path(state).resolve()
        self.environment = dict(os.environ, LC_ALL="C.UTF-8")

    def start_anew(self):
        shutil.rmtree(self.state, ignore_errors=True)
        self.state.mkdir(parents=True)


class Notmuch(Program):
    """Default tags, no hooks, no flags synchronised with file names (which spares it work)."""
    name = "notmuch"

    def __init__(self, state):
        super().__init__(state)
        self.environment["NOTMUCH_CONFIG"] = str(self.state / "config")

    def version(self):
        return output_of(["notmuch", "--version"], self.environment).strip()

    def prepare(self, box, addresses):
        self.start_anew()
        for folder in ("index", "hooks"):
            (self.state / folder).mkdir()
        (self.state / "config").write_text(
            f"[database]\npath={self.state}/index\nmail_root={pathlib.Path(box).resolve()}\nhook_dir={self.state}/hooks\n"
            f"[user]\nname=Owner\nprimary_email={addresses[0]}\nother_email={';'.join(addresses[1:])}\n"
            "[new]\ntags=unread;inbox\n[maildir]\nsynchronize_flags=false\n")

    def index_commands(self):
        return [["notmuch", "new", "--quiet"]]

    def compacted_bytes(self):
        output_of(["notmuch", "compact", "--quiet"], self.environment)
        return folder_bytes(self.state / "index")

    def who(self, address):
        return ["notmuch", "search", f"--limit={NEWEST}", f"from:{address} or to:{address}"]

    def find(self, word):
        return ["notmuch", "search", f"--limit={NEWEST}", word]

    def all_hits(self, word):
        return ["notmuch", "search", "--output=messages", word]

    def message_ids(self, word):
        lines = output_of(self.all_hits(word), self.environment).splitlines()
        return {line.removeprefix("id:").strip('"') for line in lines}


class Mu(Program):
    name = "mu"
    good_statuses = (0, 2, 4)

    def version(self):
        return output_of(["mu", "--version"], self.environment).splitlines()[0]

    def prepare(self, box, addresses):
        self.start_anew()
        self.home = f"--muhome={self.state}/home"
        mine = [f"--my-address={address}" for address in addresses]
        self.setup = ["mu", "init", "--quiet", self.home, f"--maildir={pathlib.Path(box).resolve()}", *mine]

    def index_commands(self):
        return [self.setup, ["mu", "index", "--quiet", self.home]]

    def compacted_bytes(self):
        output_of(["xapian-compact", f"{self.state}/home/xapian", f"{self.state}/compacted"], self.environment)
        return folder_bytes(self.state / "compacted")

    def who(self, address):
        return self.newest(f"contact:{address}")

    def find(self, word):
        return self.newest(word)

    def newest(self, query):
        return ["mu", "find", self.home, "--sortfield=date", "--reverse", f"--maxnum={NEWEST}", query]

    def all_hits(self, word):
        return ["mu", "find", self.home, "--fields=i", word]

    def message_ids(self, word):
        return set(output_of(self.all_hits(word), self.environment, self.good_statuses).split())


class Entregent(Program):
    name = "entregent"
    good_statuses = (0, 1)

    def __init__(self, state, programs):
        super().__init__(state)
        self.id_of_key = {}
        self.binary = str(pathlib.Path(programs).resolve() / "entregent")

    def command(self, *words):
        return [self.binary, "--home", f"{self.state}/home", *words]

    def version(self):
        return output_of([self.binary, "--version"], self.environment).strip()

    def prepare(self, box, addresses):
        self.start_anew()
        self.setup = self.command("source", "add", str(pathlib.Path(box).resolve()))

    def index_commands(self):
        return [self.setup, self.command("index")]

    def compacted_bytes(self):
        return folder_bytes(self.state / "home")  # as it lies after the run: nobody has to ask for it to be made small

    def who(self, address):
        return self.command("who", address)

    def find(self, word):
        return self.command("find", word, "--limit", NEWEST)

    def all_hits(self, word):
        return self.command("find", word, "--all", "--json")

    def learn_ids(self, message_ids):
        """The answer gives digests: these are the messages that they may stand for."""
        self.id_of_key = {key_of_mail(message_id): message_id for message_id in message_ids}

    def message_ids(self, word):
        answer = json.loads(output_of(self.all_hits(word), self.environment, self.good_statuses))
        return ids_of_answer(answer, self.id_of_key)


def key_of_mail(message_id):
    """How Entregent names a mail to programs: the first eight bytes of BLAKE2b-128 of its Message-ID."""
    return hashlib.blake2b(message_id.encode(), digest_size=16).hexdigest()[:16]


def ids_of_answer(answer, id_of_key):
    """The Message-IDs behind the JSON of `find`: the one place that knows its shape. What is no mail of the box is left out."""
    return {id_of_key[found["message"]] for found in answer["found"] if found["message"] in id_of_key}
