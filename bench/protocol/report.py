# SPDX-License-Identifier: AGPL-3.0-or-later
"""Raw runs as JSON, and the table of docs/performance.md between its two marks."""
import json
import os
import pathlib
import platform
import statistics
import subprocess

BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"
COLUMNS = ("box", "program", "CPU s", "wall s", "memory MB", "index MB", "who ms", "find ms", "all hits ms")
PREFACE = f"""# Performance
What `./dev bench` measured. The protocol is in `bench/README.md`; every raw run lies in `bench/results/`.

{BEGIN}
{END}
"""


def git(root, *words):
    return subprocess.run(["git", "-C", str(root), *words], capture_output=True, text=True).stdout.strip()


def first_line(path, key):
    for line in pathlib.Path(path).read_text().splitlines():
        if line.startswith(key):
            return line.split(":", 1)[-1].strip().strip('"')
    return ""


def machine():
    system = first_line("/etc/os-release", "PRETTY_NAME").removeprefix("PRETTY_NAME=").strip('"')
    memory = int(first_line("/proc/meminfo", "MemTotal").split()[0]) // 1024
    return {"processor": first_line("/proc/cpuinfo", "model name"), "cores": os.cpu_count(), "memory_mb": memory,
            "kernel": platform.release().split("-")[0], "system": system}


def origin(root):
    """Which state of the source was measured; the table and the raw runs that a bench writes do not count as a change."""
    changed = git(root, "status", "--porcelain", "--", ".", ":!bench/results", ":!docs/performance.md")
    return {"commit": git(root, "rev-parse", "HEAD"), "changed_files": len(changed.splitlines())}


def write_raw(root, run):
    folder = root / "bench" / "results"
    folder.mkdir(exist_ok=True)
    path = folder / f"{run['date'].replace(':', '')}-{run['commit'][:10]}.json"
    path.write_text(json.dumps(run, indent=1, ensure_ascii=False) + "\n")
    return path


def middle(rounds, key):
    return statistics.median(one[key] for one in rounds)


def median_latency(measured):
    return statistics.median(value for row in measured["wall"] for value in row)


def program_row(box, name, measured):
    rounds, latency = measured["rounds"], measured.get("latency_ms", {})
    cells = [f"{box}, {len(rounds)} round{'s' if len(rounds) > 1 else ''}", name, f"{middle(rounds, 'cpu_s'):.1f}", f"{middle(rounds, 'wall_s'):.1f}", f"{middle(rounds, 'peak_mb'):.0f}",
             f"{middle(rounds, 'index_mb'):.1f}"]
    for kind in ("who", "find", "all_hits"):
        cells.append(f"{median_latency(latency[kind]):.1f}" if kind in latency else "")
    return cells


def ratio_rows(box):
    """Entregent against each peer; none while a difference in what they find stands unexplained."""
    ours = box["programs"].get("entregent")
    work = box.get("equal_work")
    if not ours or not work or work["unexplained"] > 0:
        return []
    rows = []
    for name, peer in box["programs"].items():
        if name == "entregent":
            continue
        cells = ["", f"entregent : {name}"]
        for key in ("cpu_s", "wall_s", "peak_mb", "index_mb"):
            cells.append(f"{middle(peer['rounds'], key) / middle(ours['rounds'], key):.1f} ×")
        for kind in ("who", "find", "all_hits"):
            both = [one.get("latency_ms", {}).get(kind) for one in (peer, ours)]
            cells.append(f"{median_latency(both[0]) / median_latency(both[1]):.1f} ×" if all(both) else "")
        rows.append(cells)
    return rows


def work_lines(box):
    work = box.get("equal_work")
    if not work:
        return []
    total = max(work["found_by_notmuch"], 1)
    shares = ", ".join(f"{rule} {count} ({100 * count / total:.2f} %)" for rule, count in sorted(work["explained"].items())) or "none"
    text = (f"- {box['name']}: {work['words']} words, {work['found_by_notmuch']} messages found by notmuch; not found by us and explained: "
            f"{shares}; unexplained: {work['unexplained']}; found by us alone: {work['found_by_us_alone']}.")
    if work["unexplained"]:
        text += " With an unexplained difference there are no ratios."
    return [text]


def joined(runs):
    """The runs of one commit as one: of each box the newest measurement."""
    runs = sorted(runs, key=lambda run: run["date"])
    boxes = {box["name"]: box for run in runs for box in run["boxes"]}
    whole = {**runs[-1], "changed_files": max(run["changed_files"] for run in runs)}
    return {**whole, "boxes": sorted(boxes.values(), key=lambda box: (box["messages"], box["name"]))}


def raw_runs(root):
    return [json.loads(path.read_text()) for path in (root / "bench" / "results").glob("*.json")]


def table(runs):
    run = joined(runs)
    about = run["machine"]
    lines = [f"Commit {run['commit'][:10]}{' with changes' if run['changed_files'] else ''}, {run['date'][:10]}, {about['processor']}, {about['cores']} cores, "
             f"{about['memory_mb']} MB, {about['system']}, Linux {about['kernel']}. Medians of the rounds, programs in turn; "
             "memory of all processes together; peers' indexes compacted; seed " + f"{run['seed']}.", "",
             "| " + " | ".join(COLUMNS) + " |", "|" + "---|" * 2 + "---:|" * (len(COLUMNS) - 2)]
    for box in run["boxes"]:
        rows = [program_row(box["name"], name, measured) for name, measured in box["programs"].items()] + ratio_rows(box)
        lines += ["| " + " | ".join(row) + " |" for row in rows]
    work = [line for box in run["boxes"] for line in work_lines(box)]
    if work:
        lines += ["", "Equal work (what notmuch finds, we find, or a rule that the bench checks says why not):", "", *work]
    return "\n".join(lines)


def write_table(root, commit):
    """From all raw runs of the commit."""
    path = root / "docs" / "performance.md"
    path.parent.mkdir(exist_ok=True)
    page = path.read_text() if path.exists() else PREFACE
    if BEGIN not in page or END not in page:
        page += f"\n{BEGIN}\n{END}\n"
    before, rest = page.split(BEGIN, 1)
    after = rest.split(END, 1)[1]
    path.write_text(f"{before}{BEGIN}\n{table([run for run in raw_runs(root) if run['commit'] == commit])}\n{END}{after}")
    return path
