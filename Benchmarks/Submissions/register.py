"""Keeping returns: rows into the register, the same return once more, reading it now and as known on a day, growth."""
import json
import shutil
import statistics

TITLE = "Keeping"
TEXT = (
    "Invented returns of the model `municipality`, five rows to a person in four files (a person with two names for the "
    "vault, a settlement, two activities, a benefit). “Into the register” is all of `Register.append`: pseudonyms, sealed "
    "names and files, rows and what they change, findings, the audit entry, and both databases on the disk when it "
    "returns. The same content in other bytes (every file shuffled) is known by its rows; “register's part” is `append`, "
    "and the whole command reads, checks and prints as well.")


def rate(count, seconds):
    return f"{count / seconds:,.0f} rows a second"


def part(bench, what, seconds, peak, conditions=(), note=""):
    # Little data decides nothing.
    conditions = conditions if bench.scale == 1 else ()
    return bench.row(what, dict(seconds=seconds, peak=peak), (), conditions, note)


def register(bench):
    rows = bench.rows(5_000_000)
    found = bench.ours("register", rows, 1)
    if "error" in found:
        return [dict(what="The register", error=found["error"])]
    checks, peak = found["checks"], found["peak"]
    each = checks["append 1 rows"]
    taken = [checks[f"append {step}"] for step in range(1, 11)]
    same, content = checks["same bytes"], checks["same content"]
    live = statistics.median(checks[f"live {step}"] for step in (1, 2, 3))
    past = statistics.median(checks[f"as known on {step}"] for step in (1, 2, 3))
    slowest = each / max(taken)
    result = [
        part(bench, f"{each:,.0f} new rows into the register, median of ten returns", taken, peak,
             [("50,000 rows a second, the slowest too", slowest >= 50_000)],
             f"{rate(each, statistics.median(taken))}; the slowest {slowest:,.0f}."),
        part(bench, "The last return again, the same bytes (register's part)", [same], peak,
             [("500,000 rows a second", each / same >= 500_000)], rate(each, same) + "."),
        part(bench, "The last return again, shuffled (register's part)", [content], peak,
             [("500,000 rows a second", each / content >= 500_000),
              ("all unchanged", checks["same content unchanged"] == checks["same content rows"])],
             f"{rate(each, content)}; reading and checking the files took {checks['read and review same content']:.2f} s "
             "besides."),
        part(bench, "A return that corrects a tenth of its people, into the full register",
             [checks["corrections 1"], checks["corrections 2"]], peak, (),
             rate(checks["corrections 1 rows"], checks["corrections 1"]) + "."),
        part(bench, f"Read the register, {checks['people']:,.0f} people", [live], peak),
        part(bench, "Read it as known before the corrections and the withdrawal", [past], peak,
             [("at most 2 × the live read", past <= 2 * live)], f"{past / live:.2f} × the live read."),
    ]
    lines = ["| rows in the register | seconds for the return | microseconds a row | memory |", "|--:|--:|--:|--:|"]
    points = []
    for step, seconds in enumerate(taken, 1):
        count, held = step * each, checks[f"memory {step}"]
        points.append(dict(rows=count, seconds=seconds, memory=held))
        lines.append(f"| {count:,.0f} | {seconds:.2f} | {seconds / each * 1e6:.2f} | {held / 1e6:.0f} MB |")
    with open(f"{bench.folder}/register-growth.json", "w") as file:
        json.dump(points, file)
    return result, "\n".join(lines)


def commands(bench):
    """Whole commands: the program started, files read, checked, taken in, and the result printed."""
    rows = bench.rows(1_000_000)
    bench.ours("register-returns", rows, 1)
    folder = f"{bench.folder}/caseload-{rows}"
    workspace = f"{bench.folder}/caseload-workspace"
    shutil.rmtree(workspace, ignore_errors=True)
    made = bench.process([bench.program, "new", workspace, "--model", "municipality"], allowed=(0,))
    if "error" in made:
        return [dict(what="Whole commands", error=made["error"])]

    def submit(name, received, what, period="2018-01"):
        ours = bench.process([
            bench.program, "submit", f"{folder}/{name}", "--provider", "north", "--period", period, "--received",
            received, "--workspace", workspace])
        row = bench.row(what, ours)
        if "error" not in ours:
            row["note"] = rate(rows, ours["seconds"][0]) + f", {ours['processor'][0]:.1f} s of processors."
        return row

    result = [
        submit("first", "2018-02-05", f"meedoen submit: {rows:,} new rows"),
        submit("second", "2018-02-06", f"meedoen submit: {rows:,} more", "2018-02"),
        submit("second", "2018-02-06", "The same bytes again", "2018-02"),
        submit("first", "2018-03-05", "The first return's rows about another month", "2018-03"),
        submit("shuffled", "2018-03-06", "The same, shuffled", "2018-03"),
    ]
    shutil.rmtree(workspace, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)
    return result


TASKS = {"register": register, "register-commands": commands}
