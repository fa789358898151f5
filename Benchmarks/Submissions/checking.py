"""Checking returns: a wide CSV file beside frictionless-py and pandera, typed columns beside polars, workbooks."""
import json
import os
import statistics

TITLE = "Checking"
TEXT = (
    "The wide return has a row for each person and every field of the model `rtof` as a column, one cell in a thousand "
    "wrong. Ours is the whole process `meedoen check`: program started, file read, every rule of the model, findings "
    "written as text. Frictionless checks types, codes, patterns, required and unique columns; pandera the same by "
    "column rules; neither knows the rules between columns. Their libraries are loaded before the clock starts.")


def command(bench, path, *more):
    return [bench.program, "check", path, "--model", "rtof", *more]


def check_wide(bench):
    rows = bench.rows(1_000_000)
    path = bench.wide(rows)
    ours = bench.process(command(bench, path), repetitions=3)
    bench.say("pandera")
    pandera = bench.peer("check_pandera", rows)
    pandera_typed = bench.peer("check_pandera_typed", rows)
    again = bench.process(command(bench, path), repetitions=2)
    bench.say("frictionless")
    frictionless = bench.peer("check_frictionless", rows, repetitions=1)
    if "error" not in ours and "error" not in again:
        ours["seconds"] += again["seconds"]
    if "software" in pandera_typed:
        pandera_typed["software"] += ", types as pandas finds them"
    size = os.path.getsize(path) / 1e6
    return [bench.row(
        f"Check a wide return of {rows:,} people ({size:.0f} MB)", ours,
        [(frictionless, 50), (pandera, 5), (pandera_typed, 5)],
        [("under 2 GB", ours.get("peak", 1e18) < 2e9)])]


def read_typed(bench):
    rows = bench.rows(1_000_000)
    bench.wide(rows)
    ours = bench.ours("read-typed", rows, 5)
    polars = bench.peer("read_polars", rows, 5)
    typed = bench.peer("read_polars_typed", rows, 5)
    if "software" in polars:
        polars["software"] += ", types found"
    if "software" in typed:
        typed["software"] += ", types given, codes as categories"
    again = bench.ours("read-typed", rows, 3)
    if "seconds" in ours and "seconds" in again:
        ours["seconds"] += again["seconds"]
    return [bench.row(f"Read it into typed columns, types found ({rows:,} rows)", ours, [(polars, 1), (typed, 1)])]


def workbooks(bench):
    rows = bench.rows(50_000)
    found = []
    for wrong, words in [(300, "some 2 % of the rows wrong"), (1000, "some 4 %"), (200_000, "nearly all")]:
        path = bench.wide(rows, workbook=True, wrong=wrong)
        ours = bench.process(command(bench, path), repetitions=3)
        limits = wrong < 200_000
        found.append(bench.row(
            f"Check a workbook of {rows:,} rows, {words} wrong".replace("wrong wrong", "wrong"), ours, (),
            [("under 4 s", "seconds" in ours and statistics.median(ours["seconds"]) < 4),
             ("under 500 MB", ours.get("peak", 1e18) < 5e8)] if limits else ()))
        target = f"{bench.folder}/annotated-{wrong}"
        os.makedirs(target, exist_ok=True)
        both = bench.process(command(bench, path, "--annotate", target), repetitions=3)
        found.append(bench.row(
            f"The same, and annotated, {words} wrong".replace("wrong wrong", "wrong"), both, (),
            [("as much again: under 8 s", "seconds" in both and statistics.median(both["seconds"]) < 8)]
            if limits else ()))
    return found


def growth(bench):
    """The time and memory of a check from 100,000 to 5,000,000 people."""
    points = []
    rows = []
    for count in (100_000, 200_000, 500_000, 1_000_000, 2_000_000, 5_000_000):
        count = bench.rows(count)
        path = bench.wide(count)
        ours = bench.process(command(bench, path), repetitions=3)
        rows.append(bench.row(f"Check a wide return of {count:,} people", ours))
        if "error" not in ours:
            points.append((count, statistics.median(ours["seconds"]), ours["peak"]))
        if count > 1_000_000:
            os.remove(path)
    lines = ["| people | seconds | microseconds a person | peak |", "|--:|--:|--:|--:|"]
    for count, seconds, peak in points:
        lines.append(f"| {count:,} | {seconds:.2f} | {seconds / count * 1e6:.2f} | {peak / 1e6:.0f} MB |")
    with open(f"{bench.folder}/growth.json", "w") as file:
        json.dump([dict(rows=a, seconds=b, peak=c) for a, b, c in points], file)
    return rows, "\n".join(lines)


TASKS = {"check-wide": check_wide, "read-typed": read_typed, "workbooks": workbooks, "growth": growth}
