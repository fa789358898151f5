"""Times our estimators and their peers on the same data, one after the other, and writes down what came out.

usage: compare.py PROGRAM FOLDER [--tasks "cox logistic"] [--rows N] [--persons N] [--draws N] [--repetitions N]
                  [--python PYTHON] [--write FOLDER]

PROGRAM is the built `Benchmarks`; FOLDER has the CSV files that it generated. Needs nothing but Python itself; the
peers run in PYTHON and in Rscript. What is missing is said and passed over.
"""
import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))

# For each task: its peers (language, task, name, how many times as fast we must be), figures that are quoted because
# the peer is not in Debian or PyPI, limits in seconds and gigabytes that we must keep, and what stands between us and
# the limit of the machine.
TASKS = {
    "km": dict(
        peers=[("python", "km_lifelines", "lifelines", 1), ("R", "km_survival", "R survival", 8)],
        gap="Checking the columns, splitting them into groups and counting the days are passes of their own; counting "
            "days and groups at once, without a copy, would leave one."),
    "logrank": dict(peers=[("R", "logrank_survival", "R survival", None)], gap="As for km."),
    "aj": dict(
        peers=[("R", "aj_survival", "R survival", 100), ("python", "aj_sksurv", "scikit-survival", 5)],
        gap="The jackknife looks up each row in running sums over time that fit the cache; as for km besides."),
    "cuminc": dict(peers=[("R", "cuminc_cmprsk", "cmprsk", 3)], gap="Gray's test sweeps the data once more for each cause."),
    "cox": dict(
        peers=[("python", "cox_lifelines", "lifelines", 10), ("R", "cox_survival", "R survival", 10)],
        gap="Each step expands the columns of levels block by block; only the columns of numbers have to be multiplied."),
    "coxrobust": dict(peers=[], relative=("cox", 1.2), gap="One pass more for the scores."),
    "logistic": dict(
        peers=[("R", "logistic_glm", "R glm", 12), ("python", "logistic_statsmodels", "statsmodels", 15)],
        gap="Exponentials of the link, sums over cells of levels, which are scattered additions, and copies of the columns."),
    "ols": dict(
        peers=[("R", "ols_sandwich", "R lm + sandwich", 6), ("python", "ols_pyfixest", "pyfixest", 7)],
        gap="An orthogonal triangle costs twice the operations of cross products and keeps eight digits more."),
    "margins": dict(
        peers=[], seconds=1.0, quoted=[("statsmodels at 100,000 rows", 20.0, "5.0 GB; at a million rows it ran out of memory")],
        gap="Two logistic functions a row and changed column, with their derivatives to every column."),
    "psm": dict(
        peers=[("R", "psm_matchit", "MatchIt (Debian's)", None)], most_rows=20_000, seconds=3.0,
        quoted=[("MatchIt 4.7.2, matching and summary", 49.9, "2.1 GB")],
        gap="Greedy matching takes the treated one after the other; the balance table sorts every column once."),
    "cem": dict(
        peers=[("R", "cem_matchit", "MatchIt (Debian's)", 8)],
        gap="The strata are keyed by a sort of all rows; a table of counts would do where strata are few."),
    "ebal": dict(
        peers=[("python", "ebal_pypi", "ebal (PyPI)", 10)], quoted=[("R ebal 0.1-8", 7.9, "1.2 GB")],
        gap="As for logistic: exponentials and scattered additions at each step."),
    "bootstrap": dict(
        peers=[("R", "bootstrap_boot", "R boot", 20)], per_draw=True,
        gap="Every draw fits its own propensity model; columns stay in the cache, so operations are the limit."),
    "twfe": dict(
        peers=[("python", "twfe_pyfixest", "pyfixest", 6)], quoted=[("fixest 0.11.1", 1.07, "0.7 GB")],
        gap="Whether rows are sorted is looked at first; labels of eight bytes are read where four would do."),
    "eventstudy": dict(
        peers=[], seconds=3.0, gigabytes=2.0, quoted=[("fixest 0.11.1", 47.3, "8.1 GB")],
        gap="Sums per cohort and month replace the 67 columns, so reading the rows is nearly all."),
    "grouptime": dict(
        peers=[("python", "grouptime_diffdiff", "diff-diff", 10)], quoted=[("did 2.1.2 at a tenth of the rows", 30.8, "")],
        gap="Each pair of cohort and month reads its people's outcomes twice and keeps their influence."),
}


def run(command, environment=None):
    process = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, **(environment or {})})
    line = next((text for text in reversed(process.stdout.splitlines()) if text.startswith("{")), None)
    if process.returncode != 0 or line is None:
        words = (process.stdout + process.stderr).strip().splitlines()
        return {"error": words[-1][:300] if words else f"ended with {process.returncode}"}
    return json.loads(line)


def difference(ours, theirs):
    """The largest relative difference over the numbers that both gave; those of random draws are only shown."""
    common = [name for name in ours if name in theirs and not name.endswith("OfDraws")]
    pairs = [(ours[name], theirs[name]) for name in common]
    return max((abs(a - b) / max(abs(a), abs(b), 1e-300) for a, b in pairs), default=None)


def machine():
    def first(path, pattern):
        try:
            match = re.search(pattern, open(path).read(), re.M)
            return match.group(1) if match else None
        except OSError:
            return None

    kilobytes = int(first("/proc/meminfo", r"^MemTotal:\s+(\d+)") or 0)
    return dict(
        processor=first("/proc/cpuinfo", r"^model name\s*:\s*(.*)$") or "unknown", cores=os.cpu_count(),
        memory=f"{round(kilobytes / 1048576)} GB")


class Comparison:
    def __init__(self, options):
        self.options = options
        self.sizes = ["--rows", str(options.rows), "--persons", str(options.persons), "--draws", str(options.draws)]
        self.isFull = options.rows == 1_000_000 and options.persons == 100_000
        self.limits = run([options.program, "machine"])
        self.rows = []
        self.ours = {}

    def own(self, task):
        found = run(
            [self.options.program, "run", task, *self.sizes, "--repetitions", str(self.options.repetitions)])
        if "seconds" in found and task in self.ours:
            found["seconds"] += self.ours[task]["seconds"]
        if "seconds" in found or task not in self.ours:
            self.ours[task] = found
        return self.ours[task]

    def peer(self, language, task):
        if language == "R":
            if not shutil.which("Rscript"):
                return {"error": "Rscript is not installed"}
            command = ["Rscript", "--vanilla", os.path.join(HERE, "Peers/peers.R")]
        else:
            command = [self.options.python, os.path.join(HERE, "Peers/peers.py")]
        environment = {"BENCH_DRAWS": str(min(self.options.draws, 100))}
        return run(command + [task, self.options.folder, str(self.options.repetitions)], environment)

    def time(self, task):
        settings = TASKS[task]
        peers = settings["peers"]
        if self.options.rows > settings.get("most_rows", 1 << 60):
            peers = []
        found = []
        for language, name, title, required in peers:
            self.own(task)
            print(f"  {task}: {title}", file=sys.stderr, flush=True)
            found.append((title, required, self.peer(language, name)))
        if not peers:
            self.own(task)
        ours = self.ours[task]
        if "error" in ours:
            self.rows.append(dict(task=task, title=task, error=ours["error"]))
            return
        seconds = statistics.median(ours["seconds"])
        draws = self.options.draws if settings.get("per_draw") else 1
        bound = max(ours["bytes"] / self.limits["bandwidth"], ours["flops"] / self.limits["flops"])
        row = dict(
            task=task, title=ours["title"], seconds=seconds, runs=len(ours["seconds"]), peak=ours["peak"],
            input=ours["input"], held=ours["held"], wholeMemory=(ours["peak"] - ours["empty"]) / ours["held"],
            workingMemory=(ours["peak"] - ours["before"] + ours["input"]) / ours["input"],
            checks=ours["checks"], bound=bound,
            boundBy="bandwidth" if ours["bytes"] / self.limits["bandwidth"] >= bound else "operations",
            distance=seconds / bound, gap=settings["gap"], peers=[], conditions=[])
        for title, required, peer in found:
            if "error" in peer:
                row["peers"].append(dict(name=title, required=required, error=peer["error"]))
                continue
            theirs = statistics.median(peer["seconds"])
            peerDraws = min(self.options.draws, 100) if settings.get("per_draw") else 1
            ratio = (theirs / peerDraws) / (seconds / draws)
            row["peers"].append(dict(
                name=title, software=peer["software"], seconds=theirs, runs=len(peer["seconds"]), peak=peer["peak"],
                ratio=ratio, required=required,
                isMet=None if required is None or not self.isFull else ratio >= required,
                difference=difference(ours["checks"], peer["checks"])))
        if self.isFull:
            for name, theirs, note in settings.get("quoted", []):
                row["peers"].append(dict(name=name, quoted=True, seconds=theirs, ratio=theirs / seconds, note=note))
        if "seconds" in settings and self.isFull:
            row["conditions"].append(dict(what=f"under {settings['seconds']:g} s", isMet=seconds < settings["seconds"]))
        if "gigabytes" in settings and self.isFull:
            row["conditions"].append(dict(
                what=f"under {settings['gigabytes']:g} GB", isMet=ours["peak"] < settings["gigabytes"] * 1e9))
        if "relative" in settings and self.isFull:
            other, factor = settings["relative"]
            # Both anew and in turn, so that neither has the quieter moment.
            self.ours.pop(other, None)
            self.ours.pop(task, None)
            for _ in range(2):
                self.own(other)
                self.own(task)
            if "seconds" in self.ours[other] and "seconds" in self.ours[task]:
                share = min(self.ours[task]["seconds"]) / min(self.ours[other]["seconds"])
                row["conditions"].append(dict(
                    what=f"at most {factor:g} × {other} (is {share:.2f})", isMet=share <= factor))
        if row["held"] > 50e6:
            # Below that, buffers of a fixed size say nothing of how memory grows.
            row["conditions"].append(dict(
                what=f"memory at most 3 × the data (is {row['wholeMemory']:.1f})", isMet=row["wholeMemory"] <= 3))
        self.rows.append(row)

    def markdown(self):
        about, limits = machine(), self.limits
        lines = [
            "# Results", "",
            f"Measured on {about['processor']}, {about['cores']} cores, {about['memory']}: "
            f"{limits['bandwidth'] / 1e9:.1f} GB/s by a triad over arrays that no cache holds, "
            f"{limits['flops'] / 1e9:.0f} GF/s by matrix products on all cores.",
            f"The register has {self.options.rows:,} rows with 15 covariates (31 or 55 columns when coded), the panel "
            f"{self.options.persons:,} people × 48 months; {self.options.draws:,} draws of 10,000 rows. "
            "Times are the median of the inner calls, data loaded and in memory; ours and each peer's ran one after the "
            "other in one run. How to run it and how to read it: [README](README.md).", "",
            "| task | ours | peer | its time | ratio | required | agreement |", "|---|--:|---|--:|--:|--:|--:|",
        ]
        for row in self.rows:
            if "error" in row:
                lines.append(f"| {row['title']} | – | {row['error']} | | | | |")
                continue
            own = f"| {row['title']} | {duration(row['seconds'])} "
            if not row["peers"]:
                lines.append(own + "| – | | | | |")
            for peer in row["peers"]:
                if "error" in peer:
                    need = f"{peer['required']} ×" if peer["required"] else ""
                    lines.append(own + f"| {peer['name']}: {peer['error']} | | | {need} | |")
                elif peer.get("quoted"):
                    note = f"; {peer['note']}" if peer["note"] else ""
                    lines.append(
                        own + f"| {peer['name']} (quoted{note}) | {duration(peer['seconds'])} | {peer['ratio']:.1f} × | | |")
                else:
                    need = f"{peer['required']} × {mark(peer['isMet'])}" if peer["required"] else ""
                    gap = "" if peer["difference"] is None else f"{peer['difference']:.0e}"
                    lines.append(
                        own + f"| {peer['software']} | {duration(peer['seconds'])} | {peer['ratio']:.1f} × | {need} | {gap} |")
                own = "| | "
        lines += [
            "", "“Agreement” is the largest relative difference of the numbers that both give. “Quoted” figures were seen "
            "with programs that neither Debian nor PyPI has, on a machine of two cores; they are not measured here.", "",
            "## Memory, and the distance from the machine's limit", "",
            "The limit is the time that the machine needs to move the bytes or do the operations that the task cannot do "
            "without, whichever is longer: each input column read once a pass, columns of levels added and not multiplied.",
            "Memory is the peak of the whole process without the program itself, over the data that it holds; “working” is "
            "what the task adds to the columns that it is given, with these, over these.", "",
            "| task | limit | ours / limit | bound by | data | peak | working | conditions | what stands between |",
            "|---|--:|--:|---|--:|--:|--:|---|---|",
        ]
        for row in self.rows:
            if "error" in row:
                continue
            conditions = "; ".join(f"{one['what']} {mark(one['isMet'])}" for one in row["conditions"])
            lines.append(
                f"| {row['task']} | {duration(row['bound'])} | {row['distance']:.1f} | {row['boundBy']} | "
                f"{row['held'] / 1e6:.0f} MB | {row['peak'] / 1e6:.0f} MB | {row['workingMemory']:.1f} × | {conditions} | "
                f"{row['gap']} |")
        return "\n".join(lines) + "\n"


def mark(isMet):
    """Whether it is met; on little data nothing is decided."""
    return {None: "", True: "✓", False: "✗"}[isMet]


def duration(seconds):
    return f"{seconds:.2f} s" if seconds >= 0.1 else f"{seconds * 1e3:.1f} ms"


parser = argparse.ArgumentParser()
parser.add_argument("program")
parser.add_argument("folder")
parser.add_argument("--tasks", default="")
parser.add_argument("--rows", type=int, default=1_000_000)
parser.add_argument("--persons", type=int, default=100_000)
parser.add_argument("--draws", type=int, default=1_000)
parser.add_argument("--repetitions", type=int, default=3)
parser.add_argument("--python", default=sys.executable)
parser.add_argument("--write")
options = parser.parse_args()
chosen = options.tasks.split() or list(TASKS)
for name in chosen:
    if name not in TASKS:
        sys.exit(f"There is no task “{name}”. The tasks are: {' '.join(TASKS)}.")
comparison = Comparison(options)
for name in chosen:
    print(name, file=sys.stderr, flush=True)
    comparison.time(name)
text = comparison.markdown()
print(text)
if options.write:
    os.makedirs(options.write, exist_ok=True)
    with open(os.path.join(options.write, "RESULTS.md"), "w") as file:
        file.write(text)
    with open(os.path.join(options.write, "results.json"), "w") as file:
        json.dump(
            dict(
                machine=machine(), limits=comparison.limits, rows=options.rows, persons=options.persons,
                draws=options.draws, tasks=comparison.rows), file, indent=2)
        file.write("\n")
failed = [
    row["task"] for row in comparison.rows
    if "error" in row or any(peer.get("isMet") is False for peer in row["peers"])
    or any(not one["isMet"] for one in row["conditions"])
]
if failed:
    print("Not met: " + " ".join(failed), file=sys.stderr)
