# SPDX-License-Identifier: AGPL-3.0-or-later
"""How long an answer takes from the start of the process, by hyperfine."""
import json
import shlex
import statistics
import subprocess

RUNS = 5


def check(program, command):
    """One run that does not count, and must not fail: hyperfine is then told to let "nothing found" pass."""
    done = subprocess.run(command, env=program.environment, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode not in program.good_statuses:
        raise RuntimeError(f"{program.name} ended with {done.returncode}: {done.stderr.strip()[-500:]}")


def times(program, commands, folder, runs=RUNS):
    """Milliseconds of each run of each command, after one run that does not count; and the CPU milliseconds of each command, mean
    of its runs, which a busy machine disturbs less."""
    export = folder / "hyperfine.json"
    line = ["hyperfine", "-N", "--style", "none", "--ignore-failure", "--runs", str(runs), "--export-json", str(export)]
    for command in commands:
        check(program, command)
    done = subprocess.run(line + [shlex.join(command) for command in commands], env=program.environment, stdin=subprocess.DEVNULL,
                          capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"hyperfine could not time {program.name}: {done.stderr.strip()[-500:]}")
    results = json.loads(export.read_text())["results"]
    return {"wall": [[round(seconds * 1000, 2) for seconds in result["times"]] for result in results],
            "cpu": [round((result["user"] + result["system"]) * 1000, 2) for result in results]}


def median(measured):
    return statistics.median(value for row in measured["wall"] for value in row)
