# SPDX-License-Identifier: AGPL-3.0-or-later
"""The mail boxes that are measured, made once and kept in build/bench/."""
import dataclasses
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


def room_for(folder, messages):
    """The box and the largest of its indexes."""
    return shutil.disk_usage(folder).free > 3 * messages * BYTES_A_MESSAGE


def make(kind, messages, seed, programs, corpora, folder):
    """The box, or None where what it is made from is not here."""
    name = f"{kind}-{messages}"
    path = folder / f"{name}-seed{seed}"
    source = next(corpora.glob("corpora/copslock+*/Maildir"), None) if corpora else None
    if kind == "repeat" and source is None:
        return None
    unfinished = path.with_name(path.name + ".part")
    if not path.exists():
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
