"""Times checking and keeping returns, and writes down what came out: SUBMISSIONS.md and submissions.json.

usage: submissions.py PROGRAM BENCHMARKS FOLDER [--tasks "check-wide read-typed"] [--python PYTHON] [--write FOLDER]
                      [--scale N]

PROGRAM is the built `meedoen`, BENCHMARKS the built `SubmissionBenchmarks`, FOLDER is where invented data go. Each
family of tasks is a file in the folder `Submissions` with a dictionary `TASKS`: the name of a task and a function that
is given a `Bench` and gives back a list of rows (`Bench.row`). What was measured before stays in the results, so that
families can be run one by one.

Needs nothing but Python itself; peers run in PYTHON. What is missing is said and passed over.
"""
import argparse
import importlib.util
import json
import os
import re
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))


class Bench:
    """What a family of tasks needs: programs, data, and the clock."""

    def __init__(self, options):
        self.program = os.path.abspath(options.program)
        self.own = os.path.abspath(options.benchmarks)
        self.folder = os.path.abspath(options.folder)
        self.python = options.python
        self.scale = options.scale

    def rows(self, count):
        """The usual number of rows, or as many as a run on little data takes."""
        return max(1000, count // self.scale)

    def wide(self, rows, workbook=False, wrong=1000):
        """An invented wide return of so many people: the path of its file, made when it is not there."""
        folder = self.folder if wrong == 1000 else f"{self.folder}/wrong-{wrong}"
        os.makedirs(folder, exist_ok=True)
        path = f"{folder}/wide-{rows}." + ("xlsx" if workbook else "csv")
        if not os.path.exists(path) or os.path.getmtime(path) < os.path.getmtime(self.own):
            self.say(f"inventing {rows:,} people")
            command = [self.own, "generate", folder, "--rows", str(rows), "--wrong", str(wrong)]
            subprocess.run(command + (["--workbook"] if workbook else []), check=True)
        return path

    def process(self, command, repetitions=1, allowed=(0, 1)):
        """A whole process: the seconds of each run, its processor seconds, its peak memory, and what it printed."""
        found = dict(seconds=[], processor=[], peak=0, output="")
        for _ in range(repetitions):
            with open(f"{self.folder}/output", "w+b") as output, open(f"{self.folder}/error", "w+b") as error:
                start = time.perf_counter()
                child = subprocess.Popen(command, stdout=output, stderr=error, cwd=self.folder)
                _, status, usage = os.wait4(child.pid, 0)
                child.returncode = os.waitstatus_to_exitcode(status)
                found["seconds"].append(time.perf_counter() - start)
                found["processor"].append(usage.ru_utime + usage.ru_stime)
                found["peak"] = max(found["peak"], usage.ru_maxrss * 1024)
                if child.returncode not in allowed:
                    error.seek(0)
                    words = error.read().decode(errors="replace").strip().splitlines()
                    return dict(error=words[-1][:300] if words else f"ended with {child.returncode}")
                output.seek(0)
                found["output"] = output.read().decode(errors="replace")
        return found

    def ours(self, task, rows, repetitions=3):
        """A task of `SubmissionBenchmarks`: its inner seconds and checks, and the peak of the process."""
        return self.inner([self.own, "run", task, self.folder, "--rows", str(rows), "--repetitions", str(repetitions)])

    def peer(self, task, rows, repetitions=3, file="Peers/submissions.py"):
        """A task of a file of peers."""
        return self.inner([self.python, os.path.join(HERE, file), task, self.folder, str(rows), str(repetitions)])

    def inner(self, command):
        found = self.process(command, allowed=(0,))
        line = next((text for text in reversed(found.get("output", "").splitlines()) if text.startswith("{")), None)
        if "error" in found or line is None:
            return dict(error=found.get("error", "printed nothing"))
        return {**json.loads(line), "peak": found["peak"]}

    def row(self, what, ours, peers=(), conditions=(), note=""):
        """One line of the results.

        peers: (found, how many times as fast we must be, or None); conditions: (words, whether it is met).
        """
        if "error" in ours:
            return dict(what=what, error=ours["error"])
        seconds = statistics.median(ours["seconds"])
        row = dict(
            what=what, seconds=seconds, runs=len(ours["seconds"]), processor=ours.get("processor"), peak=ours["peak"],
            note=note, peers=[], conditions=[dict(what=words, isMet=bool(met)) for words, met in conditions])
        for found, required in peers:
            if "error" in found:
                row["peers"].append(dict(error=found["error"], required=required))
                continue
            theirs = statistics.median(found["seconds"])
            row["peers"].append(dict(
                software=found["software"], seconds=theirs, runs=len(found["seconds"]), peak=found["peak"],
                ratio=theirs / seconds, required=required, checks=found.get("checks"),
                isMet=None if required is None or self.scale != 1 else theirs / seconds >= required))
        return row

    def say(self, words):
        print("  " + words, file=sys.stderr, flush=True)


def families():
    """The files in `Submissions`, by name."""
    found = {}
    for name in sorted(os.listdir(os.path.join(HERE, "Submissions"))):
        if not name.endswith(".py"):
            continue
        description = importlib.util.spec_from_file_location(
            "submissions_" + name[:-3], os.path.join(HERE, "Submissions", name))
        module = importlib.util.module_from_spec(description)
        description.loader.exec_module(module)
        found[name[:-3]] = module
    return found


def machine():
    def first(path, pattern):
        try:
            match = re.search(pattern, open(path).read(), re.M)
            return match.group(1) if match else None
        except OSError:
            return None

    kilobytes = int(first("/proc/meminfo", r"^MemTotal:\s+(\d+)") or 0)
    processor = first("/proc/cpuinfo", r"^model name\s*:\s*(.*)$") or "unknown processor"
    return f"{processor}, {os.cpu_count()} cores, {round(kilobytes / 1048576)} GB"


def duration(seconds):
    return f"{seconds:.2f} s" if seconds >= 0.1 else f"{seconds * 1e3:.1f} ms"


def mark(isMet):
    return {None: "", True: " ✓", False: " ✗"}[isMet]


def markdown(results, modules):
    lines = [
        "# Results: checking and keeping returns", "",
        "Made by `make bench PART=submissions`; how it is done and how to read it: [README](README.md). Ours and each "
        "peer's ran one after the other in one run. “Load” is what else the machine did in the minute before.", "",
    ]
    for name, module in modules.items():
        tasks = [task for task in module.TASKS if task in results]
        if not tasks:
            continue
        lines += [f"## {module.TITLE}", ""]
        if getattr(module, "TEXT", ""):
            lines += [module.TEXT, ""]
        lines += [
            "| what | ours | peak | peer | its time | its peak | ratio | required |", "|---|--:|--:|---|--:|--:|--:|--:|"]
        for task in tasks:
            for row in results[task]["rows"]:
                if "error" in row:
                    lines.append(f"| {row['what']} | {row['error']} | | | | | | |")
                    continue
                needs = "; ".join(one["what"] + mark(one["isMet"]) for one in row["conditions"])
                own = f"| {row['what']} | {duration(row['seconds'])} | {row['peak'] / 1e6:.0f} MB "
                if not row["peers"]:
                    lines.append(own + f"| | | | | {needs} |")
                for peer in row["peers"]:
                    if "error" in peer:
                        lines.append(own + f"| {peer['error']} | | | | {needs} |")
                    else:
                        need = f"{peer['required']:g} ×{mark(peer['isMet'])}" if peer["required"] else ""
                        need = "; ".join(part for part in (need, needs) if part)
                        lines.append(
                            own + f"| {peer['software']} | {duration(peer['seconds'])} | {peer['peak'] / 1e6:.0f} MB | "
                            f"{peer['ratio']:.1f} × | {need} |")
                    own, needs = "| | | ", ""
        lines.append("")
        for task in tasks:
            for row in results[task]["rows"]:
                if row.get("note"):
                    lines += [f"{row['what']}: {row['note']}", ""]
        for task in tasks:
            if results[task].get("text"):
                lines += [results[task]["text"], ""]
        runs = sorted({(results[task]["date"], results[task]["machine"], results[task]["load"]) for task in tasks})
        for date, where, load in runs:
            lines += [f"Measured on {date}, {where}, load {load}.", ""]
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("benchmarks")
    parser.add_argument("folder")
    parser.add_argument("--tasks", default="")
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--write")
    parser.add_argument("--scale", type=int, default=1)
    options = parser.parse_args()
    modules = families()
    known = [task for module in modules.values() for task in module.TASKS]
    chosen = options.tasks.split() or known
    for name in chosen:
        if name not in known:
            sys.exit(f"There is no task “{name}”. The tasks are: {' '.join(known)}.")
    bench = Bench(options)
    results = {}
    path = os.path.join(options.write, "submissions.json") if options.write else None
    if path and os.path.exists(path):
        with open(path) as file:
            results = json.load(file)
    for module in modules.values():
        for name, task in module.TASKS.items():
            if name not in chosen:
                continue
            print(name, file=sys.stderr, flush=True)
            load = os.getloadavg()[0]
            found = task(bench)
            rows, text = found if isinstance(found, tuple) else (found, "")
            results[name] = dict(
                rows=rows, text=text, date=time.strftime("%Y-%m-%d"), machine=machine(), load=round(load, 1))
    text = markdown(results, modules)
    print(text)
    if options.write:
        os.makedirs(options.write, exist_ok=True)
        with open(os.path.join(options.write, "SUBMISSIONS.md"), "w") as file:
            file.write(text)
        with open(path, "w") as file:
            json.dump(results, file, indent=2)
            file.write("\n")
    missed = [
        name for name in chosen
        if any("error" in row or any(peer.get("isMet") is False for peer in row["peers"])
               or any(not one["isMet"] for one in row["conditions"]) for row in results[name]["rows"])]
    if missed:
        print("Not met: " + " ".join(missed), file=sys.stderr)


if __name__ == "__main__":
    main()
