#!/usr/bin/env python3
"""Attacks the published tables of a study: what can a reader compute of the numbers that are withheld?

Knows what any reader knows: the report in all its languages, its results as JSON, the tables as SDMX-CSV and JSON-stat,
the rounding and the threshold that the report states, and how the tables hang together by what their words mean. Knows
nothing of the program: the relations are written down here anew. For each withheld number two linear programmes are solved,
by GLPK (`glpsol`) or CBC (`cbc`): the least and the most that it can be.

Usage: attack.py REPORTS [--sdmx FOLDER] [--json-stat FOLDER] [--solver glpsol|cbc] [--json FILE]
Exit code: 0 when every number that may be small keeps the promised width, 1 when not, 2 when there was nothing to attack
or no solver.
"""
import argparse
import csv
import html
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path


class Attack:
    """What a reader knows: bounds of numbers, and sums of them that are equal."""

    def __init__(self):
        self.bounds = {}
        self.withheld = set()
        self.relations = []
        self.problems = []
        self.cells = 0
        self.tables = set()

    def bound(self, key, least, most):
        old = self.bounds.get(key, (0, None))
        most = old[1] if most is None else most if old[1] is None else min(most, old[1])
        self.bounds[key] = (max(old[0], least), most)

    def policy(self, policy):
        self.threshold = policy["threshold"]
        rounding = policy["rounding"]
        self.base = rounding["nearest"] if isinstance(rounding, dict) else 1
        self.zeros = policy["zeroIsDisclosive"]
        self.width = policy["minimumWidth"]

    def see(self, key, state, value):
        """A printed value: ('value', number), ('zero', _), ('protected', _); others are no numbers of people."""
        self.cells += 1
        self.tables.add(key[0])
        if state == "value":
            if value < self.threshold or value % self.base:
                self.problems.append(f"{key} is printed as {value}")
            below = self.base // 2
            self.bound(key, max(self.threshold, value - below), value + self.base - 1 - below)
        elif state == "zero":
            self.bound(key, 0, 0)
        elif state == "protected":
            self.withheld.add(key)
            self.bound(key, 0 if self.zeros else 1, None)

    def known(self, key):
        return key in self.bounds

    def equal(self, left, right):
        """The sum of the keys on the left is the sum of those on the right; unknown ones are numbers from 0 up."""
        for key in left + right:
            self.bounds.setdefault(key, (0, None))
        self.relations.append(([(k, 1) for k in left] + [(k, -1) for k in right], "="))

    def at_most(self, left, right):
        for key in left + right:
            self.bounds.setdefault(key, (0, None))
        self.relations.append(([(k, 1) for k in left] + [(k, -1) for k in right], "<="))


def state(value):
    return value["state"], value.get("value")


def read_study(attack, study):
    """The results as JSON, and how they hang together."""
    a = attack
    a.policy(study["policy"])

    def table(name, t):
        for row, values in zip(t["rows"], t["values"]):
            for column, value in zip(t["columns"], values):
                s, v = state(value)
                if s in ("value", "zero", "protected"):
                    a.see((name, row, column), s, v)

    def sums(name, rows, columns, total_row="total", total_column="total"):
        inner_rows = [r for r in rows if r != total_row]
        inner_columns = [c for c in columns if c != total_column]
        if total_row in rows:
            for c in columns:
                a.equal([(name, total_row, c)], [(name, r, c) for r in inner_rows])
        if total_column in columns:
            for r in rows:
                a.equal([(name, r, total_column)], [(name, r, c) for c in inner_columns])

    states = [s["id"] for s in study["states"]]
    absorbing = [s["id"] for s in study["states"] if s["kind"] == "absorbing"]
    # Who is followed
    steps = study["attrition"]["steps"]
    for step in steps:
        for column in ("remaining", "excluded"):
            s, v = state(step[column])
            if s in ("value", "zero", "protected"):
                a.see(("attrition", step["id"], column), s, v)
    for before, after in zip(steps, steps[1:]):
        a.equal([("attrition", before["id"], "remaining")],
                [("attrition", after["id"], "remaining"), ("attrition", after["id"], "excluded")])
    cohort = ("attrition", steps[-1]["id"], "remaining")
    # Flows
    periods = study["flows"]["periods"]
    for p in periods:
        name = "flows." + p["id"]
        table(name, p["table"])
        rows = p["table"]["rows"]
        sums(name, rows, p["table"]["columns"], total_column=None)
        for r in rows:
            a.equal([(name, r, c) for c in ("opening", "new", "entered")],
                    [(name, r, c) for c in ("left", "ended", "closing")])
        a.equal([(name, "total", "entered")], [(name, "total", "left")])
    for p, q in zip(periods, periods[1:]):
        for s in states + ["total"]:
            a.equal([("flows." + p["id"], s, "closing")], [("flows." + q["id"], s, "opening")])
    for s in states + ["total"]:
        a.equal([("final", s)],
                [("flows." + p["id"], s, "ended") for p in periods] + [("flows." + periods[-1]["id"], s, "closing")])
    a.equal([("final", "total")], [cohort])
    a.equal([("flows." + p["id"], "total", "new") for p in periods] + [("flows." + periods[0]["id"], "total", "opening")],
            [cohort])
    # Stock
    stock = study["flows"]["stock"]
    table("stock", stock)
    sums("stock", stock["rows"], stock["columns"], total_row=None)
    for p in periods:
        for s in states + ["total"]:
            a.equal([("stock", p["last"], s)], [("flows." + p["id"], s, "closing")])
    # Nobody leaves a state that is for good; before a follow-up can be over nobody's ends.
    first = stock["rows"][0]
    year, month = int(first[:4]), int(first[5:7])
    full = year * 12 + month - 1 + study["plan"]["followUpMonths"]
    period_of = {}
    for p in periods:
        for m in stock["rows"]:
            if p["first"] <= m <= p["last"]:
                period_of[m] = p["id"]
    for before, after in zip(stock["rows"], stock["rows"][1:]):
        over = int(after[:4]) * 12 + int(after[5:7]) - 1 >= full
        for s in absorbing + ["total"]:
            ended = [("flows." + period_of[after], s, "ended")] if over else []
            a.at_most([("stock", before, s)], [("stock", after, s)] + ended)
    # Moves
    moves = study["flows"]["transitions"]
    table("transitions", moves)
    sums("transitions", moves["rows"], moves["columns"])
    for s in states:
        a.equal([("transitions", s, "total")], [("flows." + p["id"], s, "left") for p in periods])
        a.equal([("transitions", "total", s)], [("flows." + p["id"], s, "entered") for p in periods])
        a.bound(("transitions", s, s), 0, 0)
    # Outcomes
    first_outcome = study["outcomes"][0]["id"]
    marks = study["plan"]["marks"]
    for outcome in study["outcomes"]:
        causes = [c["id"] for c in outcome["causes"]]
        for comparison in outcome["comparisons"]:
            grouping = comparison["grouping"]["id"] if comparison.get("grouping") else None
            name = f"events.{outcome['id']}" + (f".{grouping}" if grouping else "")
            everyone = f"events.{outcome['id']}"
            t = comparison["events"]
            table(name, t)
            sums(name, t["rows"], t["columns"])
            if grouping:
                for c in t["columns"]:
                    a.equal([(name, "total", c)], [(everyone, "everyone", c)])
                for r in t["rows"]:
                    a.equal([(name, r, "total")], [(f"events.{first_outcome}.{grouping}", r, "total")])
            else:
                a.equal([(name, "everyone", "total")], [cohort])
            risk = name.replace("events.", "risk.", 1)
            months = set()
            for group in comparison["groups"]:
                before = None
                for each in group["atRisk"]:
                    s, v = state(each["people"])
                    key = (risk, each["months"], group["id"])
                    if s in ("value", "zero", "protected"):
                        a.see(key, s, v)
                    months.add(each["months"])
                    if each["months"] == 0:
                        a.equal([key], [(name, group["id"], "total")])
                    # At risk now is at risk before, less events and those no longer followed.
                    if before:
                        a.at_most([key], [before])
                    before = key
                for m in marks:
                    key = (risk, m, group["id"])
                    occupancy = "occupancy." + str(m) + (f".{grouping}" if grouping else "")
                    # Who is at risk is followed, and in no state for good.
                    a.at_most([key] + [(occupancy, group["id"], s) for s in absorbing],
                              [(occupancy, group["id"], "total")])
            if grouping:
                for m in months | set(marks):
                    a.equal([(risk, m, g["id"]) for g in comparison["groups"]],
                            [(everyone.replace("events.", "risk.", 1), m, "everyone")])
    # Who has an event first among many has it also first among fewer.
    for narrow in study["outcomes"]:
        for wide in study["outcomes"]:
            few, many = [{c["id"] for c in o["causes"]} for o in (wide, narrow)]
            if wide["id"] == narrow["id"] or not few < many:
                continue
            for comparison in narrow["comparisons"]:
                suffix = f".{comparison['grouping']['id']}" if comparison.get("grouping") else ""
                for r in comparison["events"]["rows"]:
                    for c in few:
                        a.at_most([(f"events.{narrow['id']}{suffix}", r, c)], [(f"events.{wide['id']}{suffix}", r, c)])
    # Where people are at the marks
    for occupancy in study["occupancy"]:
        grouping = occupancy["grouping"]["id"] if occupancy.get("grouping") else None
        for mark in occupancy["marks"]:
            name = "occupancy." + str(mark["months"]) + (f".{grouping}" if grouping else "")
            t = mark["table"]
            table(name, t)
            sums(name, t["rows"], t["columns"])
            if grouping:
                for c in t["columns"]:
                    a.equal([(name, "total", c)], [("occupancy." + str(mark["months"]), "everyone", c)])
            group_table = f"events.{first_outcome}" + (f".{grouping}" if grouping else "")
            for r in t["rows"]:
                a.at_most([(name, r, "total")], [(group_table, r, "total")])
    # Routes: links that nobody went are left out.
    routes = study.get("routes")
    if routes:
        columns = routes["columns"]
        shown = {(l["fromColumn"], l["from"], l["toColumn"], l["to"]): l["people"] for l in routes["links"]}
        for index, column in enumerate(columns):
            for node in column["nodes"]:
                s, v = state(node["people"])
                if s in ("value", "zero", "protected"):
                    a.see(("routes", column["id"], node["id"]), s, v)
            a.equal([("routes", column["id"], n["id"]) for n in column["nodes"]], [cohort])
            if index + 1 == len(columns):
                continue
            after = columns[index + 1]
            for x in column["nodes"]:
                for y in after["nodes"]:
                    key = ("routes", column["id"], x["id"], after["id"], y["id"])
                    people = shown.get((column["id"], x["id"], after["id"], y["id"]))
                    s, v = state(people) if people else ("zero", 0)
                    a.see(key, s, v)
            for x in column["nodes"]:
                a.equal([("routes", column["id"], x["id"])],
                        [("routes", column["id"], x["id"], after["id"], y["id"]) for y in after["nodes"]])
            for y in after["nodes"]:
                a.equal([("routes", after["id"], y["id"])],
                        [("routes", column["id"], x["id"], after["id"], y["id"]) for x in column["nodes"]])
        for column in columns:
            ids = {n["id"] for n in column["nodes"]}
            for comparison in study["outcomes"][0]["comparisons"]:
                if comparison.get("grouping") and ids == {g["id"] for g in comparison["groups"]}:
                    for g in ids:
                        a.equal([("routes", column["id"], g)],
                                [(f"events.{first_outcome}.{comparison['grouping']['id']}", g, "total")])
            if set(states) <= ids:
                months = re.search(r"\d+", column["name"]["en"])
                for s in states:
                    if months and int(months[0]) in marks:
                        a.equal([("routes", column["id"], s)], [(f"occupancy.{months[0]}", "everyone", s)])
                    elif not months:
                        a.equal([("routes", column["id"], s)], [("final", s)])
    # Caseloads
    caseload = study.get("caseload")
    if caseload:
        for each in caseload["months"]:
            names = ["all"] + [t["id"] for t in caseload["teams"]]
            for name, load in zip(names, [each["all"]] + each["teams"]):
                s, v = state(load["people"])
                if s in ("value", "zero", "protected"):
                    a.see(("caseload", each["month"], name), s, v)
            if caseload["teams"]:
                a.at_most([("caseload", each["month"], t["id"]) for t in caseload["teams"]],
                          [("caseload", each["month"], "all")])
    # Numbers of the first sentences
    for key in study["keyResults"]:
        if "lost" in key:
            share = key["lost"]["share"]
            s, v = state(share["numerator"]["value"])
            if s in ("value", "zero", "protected"):
                a.see(("final", key["lost"]["state"]), s, v)
    for outcome in study["outcomes"]:
        s, v = state(outcome["alreadyThere"]["value"])
        if s in ("value", "zero", "protected"):
            a.see(("already there", outcome["id"]), s, v)
            a.at_most([("already there", outcome["id"])], [(f"events.{outcome['id']}", "everyone", c["id"]) for c in outcome["causes"]])


def same_place(dataset, codes):
    """The key of a cell of a dataset, as the results have it."""
    if dataset == "flows":
        return ("flows." + codes[0], codes[1], codes[2])
    if dataset == "stock" or dataset == "transitions":
        return (dataset, codes[0], codes[1])
    if dataset.startswith("outcome."):
        return ("events." + dataset[len("outcome."):], codes[0], codes[1])
    if dataset.startswith("occupancy"):
        return ("occupancy." + codes[0] + dataset[len("occupancy"):], codes[1], codes[2])
    return (dataset,) + tuple(codes)


def read_sdmx(attack, folder):
    for file in sorted(folder.glob("*.csv")):
        with open(file, encoding="utf-8-sig", newline="") as lines:
            reader = csv.reader(lines)
            headers = next(reader)
            place = headers.index("OBS_VALUE")
            ids = {clean(k): k for k in (part for key in attack.bounds for part in map(str, key))}
            for row in reader:
                codes = [ids.get(c, c) for c in row[3:place]]
                value, confidential = row[place], row[headers.index("CONF_STATUS")]
                if value == "NaN":
                    if confidential == "C":
                        attack.see(same_place(file.stem, codes), "protected", None)
                else:
                    attack.see(same_place(file.stem, codes), "zero" if float(value) == 0 else "value", float(value))


def clean(text):
    return re.sub(r"[^A-Za-z0-9_@$-]", "_", text)


def read_json_stat(attack, folder):
    for file in sorted(folder.glob("*.json")):
        data = json.loads(file.read_text(encoding="utf-8"))
        categories = [data["dimension"][d]["category"]["index"] for d in data["id"]]
        places = [()]
        for each in categories:
            places = [p + (c,) for p in places for c in each]
        for index, (codes, value) in enumerate(zip(places, data["value"])):
            key = same_place(file.stem, codes)
            if value is None:
                if data.get("status", {}).get(str(index)) == "c":
                    attack.see(key, "protected", None)
            else:
                attack.see(key, "zero" if value == 0 else "value", value)


def text_of(markup):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", " ", markup))).replace("\u2060", "").strip()


def whole(text, dutch):
    mark = "." if dutch else ","
    text = text.replace("\u2212", "-").strip()
    return int(text.replace(mark, "")) if re.fullmatch(r"\d{1,3}(\%s\d{3})*|\d+" % mark, text) else None


def read_page(attack, file, counts):
    """A page shows no number of people that the results do not have; rows of returns are its own."""
    page = file.read_text(encoding="utf-8")
    dutch = 'lang="nl"' in page[:500]
    page = re.sub(r"<style.*?</style>", "", page, flags=re.S)
    seen = 0
    for number, markup in enumerate(re.findall(r"<table.*?</table>", page, flags=re.S)):
        caption = text_of((re.search(r"<caption.*?</caption>", markup, flags=re.S) or [""])[0])
        rows = [[text_of(c) for c in re.findall(r"<t[hd].*?</t[hd]>", r, flags=re.S)]
                for r in re.findall(r"<tr.*?</tr>", markup, flags=re.S)]
        header = rows[0] if rows else []
        is_quality = len(header) == 5 and caption.startswith(("Rows of the returns", "Rijen van de aanleveringen", "Rijen"))
        if is_quality:
            name = "rows"
            for label, row in enumerate(rows[1:]):
                for column, cell in zip(("read", "taken", "held", "waiting"), row[1:]):
                    value = whole(cell, dutch)
                    key = (name, label, column)
                    if value is not None:
                        attack.see(key, "zero" if value == 0 else "value", value)
                    elif cell == "c":
                        attack.see(key, "protected", None)
                attack.equal([(name, label, "read")], [(name, label, "taken"), (name, label, "held")])
                attack.at_most([(name, label, "waiting")], [(name, label, "read")])
            continue
        for row in rows[1:]:
            for cell in row[1:]:
                value = whole(cell, dutch)
                if value is None:
                    continue
                seen += 1
                if value and value not in counts:
                    attack.problems.append(f"{file.name}: “{caption[:40]}” shows {value}, which the results do not have")
    # What is said of figures and in sentences.
    plain = re.sub(r"<table.*?</table>", "", page, flags=re.S)
    spoken = [text_of(m) for m in re.findall(r"<(?:title|desc)[^>]*>(.*?)</(?:title|desc)>", plain, flags=re.S)]
    spoken += [html.unescape(m) for m in re.findall(r'(?:aria-label|title|alt)="([^"]*)"', plain)]
    flow = re.compile(r"→ [^:]*: ([\d.,]+)$")
    people = re.compile(r"(\d[\d.,]*\d|\d) (?:people|persons|person|mensen|mens|personen)\b")
    bands = re.compile(r"[A-Za-zé)] (\d[\d.,]*)(?=[,.;]|$)")
    numbers = []
    for text in spoken:
        numbers += flow.findall(text)
        if text.startswith(("Bands run", "Stacked", "Banden", "Gestapelde")):
            numbers += bands.findall(text.split(":", 1)[1])
    body = text_of(re.sub(r"<svg.*?</svg>", " ", plain, flags=re.S))
    numbers += people.findall(re.sub(r"(of every|in every|van (de|elke)|op de|each) \d+ ", " ", body, flags=re.I))
    for text in numbers:
        value = whole(text.strip(".,"), dutch)
        if value is None or value in (0, 100):
            continue
        seen += 1
        if value not in counts:
            attack.problems.append(f"{file.name}: a sentence or figure says {value}, which the results do not have")
    return seen


def numbers_of(study):
    """Every number of people or limit that the results and the plan state."""
    found = {study["policy"]["threshold"], study["plan"]["followUpMonths"], study["data"]["returnCount"]}
    if study.get("caseload"):
        found.add(study["caseload"]["norm"])

    def walk(value):
        if isinstance(value, dict):
            if value.get("state") == "value":
                found.add(value["value"])
            for inner in value.values():
                walk(inner)
        elif isinstance(value, list):
            for inner in value:
                walk(inner)

    walk(study)
    return found


class Solver:
    def __init__(self, name, attack):
        self.name = name
        self.attack = attack
        self.index = {key: f"x{place}" for place, key in enumerate(attack.bounds)}
        rows = []
        for place, (terms, sign) in enumerate(attack.relations):
            sums = defaultdict(int)
            for key, factor in terms:
                sums[key] += factor
            parts = " ".join(f"{'+' if f > 0 else '-'} {abs(f)} {self.index[k]}" for k, f in sums.items() if f)
            if parts:
                rows.append(f" r{place}: {parts} {sign} 0")
        bounds = []
        for key, (least, most) in attack.bounds.items():
            bounds.append(f" {least:g} <= {self.index[key]} <= {'+inf' if most is None else format(most, 'g')}")
        self.body = "\nSubject To\n" + "\n".join(rows) + "\nBounds\n" + "\n".join(bounds) + "\nEnd\n"

    def solve(self, key, most):
        """The least or the most of a number; None when there is no limit."""
        with tempfile.TemporaryDirectory() as folder:
            model, answer = Path(folder) / "m.lp", Path(folder) / "a.txt"
            model.write_text(("Maximize" if most else "Minimize") + f"\n obj: {self.index[key]}" + self.body)
            if self.name == "glpsol":
                run = subprocess.run(["glpsol", "--lp", model, "-o", answer], capture_output=True, text=True)
                text = answer.read_text() if answer.exists() else run.stdout
                status = re.search(r"Status:\s+(.*)", text)
                if status and "OPTIMAL" in status[1]:
                    return float(re.search(r"Objective:\s+obj = (\S+)", text)[1])
                if "UNBOUNDED" in (status[1] if status else "") or "no dual feasible" in run.stdout.lower() \
                        or "unbounded" in run.stdout.lower():
                    return None
                raise RuntimeError(f"glpsol: {status[1] if status else run.stdout[-300:]}")
            run = subprocess.run(["cbc", model, "solve", "solu", answer], capture_output=True, text=True)
            text = answer.read_text() if answer.exists() else ""
            if text.startswith("Optimal"):
                value = float(text.splitlines()[0].split()[-1])
                return abs(value) if most else value
            if "nbounded" in text or "nbounded" in run.stdout or "dual infeasible" in run.stdout:
                return None
            raise RuntimeError(f"cbc: {text[:80]} {run.stdout[-300:]}")


def known_answer(solver):
    """Whether the attack can attack: a table with margins of which only the small counts are withheld gives them away."""
    attack = Attack()
    attack.policy({"threshold": 10, "rounding": "none", "zeroIsDisclosive": True, "minimumWidth": 10})
    counts = [[64, 31, 22, 6], [48, 27, 8, 19], [90, 42, 35, 28]]
    for i, row in enumerate(counts):
        for j, count in enumerate(row):
            attack.see(("t", i, j), "protected" if count < 10 else "value", count)
        attack.see(("t", i, "total"), "value", sum(row))
        attack.equal([("t", i, "total")], [("t", i, j) for j in range(4)])
    for j in range(4):
        attack.see(("t", "total", j), "value", sum(row[j] for row in counts))
        attack.equal([("t", "total", j)], [("t", i, j) for i in range(3)])
    programme = Solver(solver, attack)
    answers = [programme.solve(key, most) for key in (("t", 0, 3), ("t", 1, 2)) for most in (False, True)]
    return [round(answer, 6) for answer in answers] == [6, 6, 8, 8]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("reports", type=Path)
    parser.add_argument("--sdmx", type=Path)
    parser.add_argument("--json-stat", type=Path)
    parser.add_argument("--solver", choices=["glpsol", "cbc"])
    parser.add_argument("--json", type=Path, help="write the figures there")
    given = parser.parse_args()
    solver = given.solver or next((s for s in ("glpsol", "cbc") if shutil.which(s)), None)
    if not solver or not shutil.which(solver):
        print("attack: install a solver first: apt install glpk-utils, or coinor-cbc", file=sys.stderr)
        return 2
    if not known_answer(solver):
        print(f"attack: {solver} does not find the known answers, so what follows would prove nothing", file=sys.stderr)
        return 2
    attack = Attack()
    pages = shown = 0
    studies = [f for f in sorted(given.reports.glob("*.json"))]
    for file in studies:
        study = json.loads(file.read_text(encoding="utf-8"))
        if study.get("schema") != "meedoen/study/1":
            continue
        read_study(attack, study)
        counts = numbers_of(study)
        for page in sorted(given.reports.glob(file.stem + ".*.html")):
            shown += read_page(attack, page, counts)
            pages += 1
    if not attack.bounds:
        print(f"attack: no results of a study in {given.reports}", file=sys.stderr)
        return 2
    for folder, read in ((given.sdmx, read_sdmx), (given.json_stat, read_json_stat)):
        if folder:
            read(attack, folder)
    empty = [k for k, (least, most) in attack.bounds.items() if most is not None and least > most]
    for key in empty:
        attack.problems.append(f"{key} is printed in two ways that contradict each other")
    found = []
    if not empty:
        programme = Solver(solver, attack)
        for key in sorted(attack.withheld, key=str):
            least, most = programme.solve(key, False), programme.solve(key, True)
            least = -int(-least + 1e-6) if least < 0 else int(least + 1 - 1e-6)
            most = None if most is None else int(most + 1e-6)
            found.append((key, least, most))
    # A number that is certainly not small was withheld to protect another; it needs no protection of its own.
    small = [f for f in found if f[1] < attack.threshold]
    told = [f for f in small if f[2] is not None and f[2] - f[1] < attack.width]
    widths = [f[2] - f[1] for f in small if f[2] is not None]
    all_widths = [f[2] - f[1] for f in found if f[2] is not None]
    figures = {
        "solver": solver, "pages": pages, "numbersOnPages": shown, "tables": len(attack.tables),
        "cellsRead": attack.cells, "unknowns": len(attack.bounds), "relations": len(attack.relations),
        "withheld": len(found), "mayBeSmall": len(small), "withoutUpperEnd": sum(f[2] is None for f in small),
        "promisedWidth": attack.width, "narrowest": min(widths) if widths else None,
        "narrowestOfAllWithheld": min(all_widths) if all_widths else None, "recovered": len(told),
        "problems": len(attack.problems),
    }
    for key, value in figures.items():
        print(f"{key:>24}  {value if value is not None else 'none'}")
    for key, least, most in told:
        print(f"RECOVERED {key}: {least} to {most}")
    for problem in attack.problems[:20]:
        print(f"PROBLEM {problem}")
    if given.json:
        given.json.write_text(json.dumps(figures, indent=2) + "\n")
    return 1 if told or attack.problems else 0


if __name__ == "__main__":
    sys.exit(main())
