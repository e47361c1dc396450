# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a command costs: CPU seconds, wall time and memory of all its processes, however deep."""
import ctypes
import dataclasses
import os
import resource
import subprocess
import threading
import time

SET_CHILD_SUBREAPER = 36  # prctl(2): orphans of what we start become ours, so that their CPU seconds are counted too
SAMPLE_SECONDS = 0.1
ORPHAN_SECONDS = 120


@dataclasses.dataclass
class Cost:
    cpu_seconds: float = 0.0
    wall_seconds: float = 0.0
    peak_bytes: int = 0

    def __add__(self, other):
        return Cost(self.cpu_seconds + other.cpu_seconds, self.wall_seconds + other.wall_seconds, max(self.peak_bytes, other.peak_bytes))


class Failed(Exception):
    """A measured command ended badly; the message says which and how."""


def adopt_orphans():
    if ctypes.CDLL(None, use_errno=True).prctl(SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_CHILD_SUBREAPER)")


def children_of(process):
    """Of all its threads: any of them may have forked."""
    children = []
    try:
        for task in os.listdir(f"/proc/{process}/task"):
            with open(f"/proc/{process}/task/{task}/children") as file:
                children += [int(word) for word in file.read().split()]
    except OSError:
        pass  # it has just ended
    return children


def proportional_bytes(process):
    """Its share of the memory it lives in (Pss): pages shared by several processes are counted once in all."""
    try:
        with open(f"/proc/{process}/smaps_rollup") as file:
            for line in file:
                if line.startswith("Pss:"):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0


def descendants(process):
    found = []
    waiting = children_of(process)
    while waiting:
        child = waiting.pop()
        found.append(child)
        waiting += children_of(child)
    return found


class MemorySampler(threading.Thread):
    """Adds up the memory of everything below this process, again and again, and keeps the highest sum."""

    def __init__(self):
        super().__init__(daemon=True)
        self.peak_bytes = 0
        self.finished = threading.Event()

    def run(self):
        while not self.finished.wait(SAMPLE_SECONDS):
            self.peak_bytes = max(self.peak_bytes, sum(map(proportional_bytes, descendants(os.getpid()))))

    def stop(self):
        self.finished.set()
        self.join()


def reap_orphans(command):
    """Waits for what the command left behind: it is part of its work."""
    deadline = time.monotonic() + ORPHAN_SECONDS
    while True:
        try:
            if os.waitpid(-1, os.WNOHANG)[0] == 0:
                if time.monotonic() > deadline:
                    raise Failed(f"{command[0]} left a process running")
                time.sleep(0.02)
        except ChildProcessError:
            return


def measure(command, environment, log):
    """Runs the command to its end and the end of all that it started. `log` is an open file for what it prints."""
    adopt_orphans()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    sampler = MemorySampler()
    sampler.start()
    start = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    process.wait()
    reap_orphans(command)
    wall = time.perf_counter() - start
    sampler.stop()
    if process.returncode != 0:
        raise Failed(f"{' '.join(command)} ended with {process.returncode}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    # What is too short to be sampled has no memory here. The system's own highest (ru_maxrss) would be no better: it counts what
    # this process held when it forked.
    return Cost(cpu, wall, sampler.peak_bytes)
