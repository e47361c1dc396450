# SPDX-License-Identifier: AGPL-3.0-or-later
"""The mail boxes that are measured, made once and kept in build/bench/."""
import dataclasses
import hashlib
import pathlib
import shutil
import subprocess

BYTES_A_MESSAGE = 10_000  # of the generated box on average, generously; files take whole blocks besides


@dataclasses.dataclass
class Box:
    name: str       # generated-10000
    path: pathlib.Path
    messages: int
    addresses: list  # of its owner

    def files(self):
        return sorted(path for path in self.path.rglob("*") if path.is_file())


def owner_addresses(truth):
    rows = (line.split("\t") for line in truth.read_text().splitlines()[1:])
    return sorted({row[1] for row in rows if row[2] == "owner"})


def recipe():
    """Eight digits that change with the programs that make boxes: an old box is not taken for a new one."""
    sources = pathlib.Path(__file__).resolve().parent.parent / "box"
    digest = hashlib.sha256()
    for path in sorted(sources.rglob("*")):
        if path.suffix in (".cc", ".h", ".txt"):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:8]


def remove_outdated(path):
    """Boxes of the same name by another recipe, and what a broken-off run left."""
    for old in path.parent.glob(path.name.rsplit("-", 1)[0] + "-*"):
        if not old.name.startswith(path.name):
            shutil.rmtree(old) if old.is_dir() else old.unlink()


def room_for(folder, messages):
    """The box and the largest of its indexes."""
    return shutil.disk_usage(folder).free > 3 * messages * BYTES_A_MESSAGE


def make(kind, messages, seed, programs, corpora, folder):
    """The box, or None where what it is made from is not here."""
    name = f"{kind}-{messages}"
    path = folder / f"{name}-seed{seed}-{recipe()}"
    source = next(corpora.glob("corpora/copslock+*/Maildir"), None) if corpora else None
    if kind == "repeat" and source is None:
        return None
    unfinished = path.with_name(path.name + ".part")
    if not path.exists():
        remove_outdated(path)
        shutil.rmtree(unfinished, ignore_errors=True)
        command = [programs / ("make_box" if kind == "generated" else "repeat_corpus"), "--messages", str(messages), "--seed", str(seed),
                   "--out", unfinished] + (["--from", source] if kind == "repeat" else [])
        truth = pathlib.Path(f"{unfinished}.truth.tsv")
        truth.unlink(missing_ok=True)
        subprocess.run(command, check=True)
        if truth.exists():
            truth.rename(f"{path}.truth.tsv")
        unfinished.rename(path)
    addresses = owner_addresses(pathlib.Path(f"{path}.truth.tsv")) if kind == "generated" else ["owner@bench.example"]
    return Box(name, path, messages, addresses)


def warm(box):
    """Reads every file once, so that no program pays for the disk in the place of another. Gives the bytes read."""
    return sum(len(path.read_bytes()) for path in box.files())
