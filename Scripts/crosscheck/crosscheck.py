"""Lets other programs read what Meedoen writes, and compares what they read with what was written.

Usage: crosscheck.py FOLDER, with the program in $MEEDOEN. Prints a line for each check; exit code 1 when one fails.
The people are invented.
"""
import csv
import datetime
import json
import math
import os
import shutil
import sqlite3
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

FOLDER = Path(sys.argv[1])
MEEDOEN = os.environ["MEEDOEN"]
PLAN = Path(__file__).resolve().parents[2] / "Examples/municipality/plan.yml"
failures = []


def run(*arguments, allowed=(0,)):
    """Runs a program and gives what it printed."""
    result = subprocess.run([str(a) for a in arguments], capture_output=True, text=True)
    if result.returncode not in allowed:
        raise RuntimeError(f"{arguments[0]} ended with {result.returncode}: {result.stdout[-400:]}{result.stderr[-800:]}")
    return result.stdout


def meedoen(*arguments, allowed=(0,)):
    return run(MEEDOEN, *arguments, "--lang", "en", allowed=allowed)


def check(title):
    """Makes of a function a check that prints what it returns, or why it failed."""

    def decorate(function):
        try:
            print(f"ok      {title}: {function()}", flush=True)
        except Exception as error:  # whatever a reader throws is the finding
            failures.append(title)
            print(f"FAILED  {title}: {type(error).__name__}: {str(error)[:1200]}", flush=True)

    return decorate


def same(one, other, where):
    if one != other:
        raise AssertionError(f"{where}: {one!r} is not {other!r}")


def table(path, escaped=False):
    """A CSV file as rows of text; the apostrophe before what a spreadsheet would run is taken off."""
    with open(path, newline="", encoding="utf-8-sig") as file:
        rows = list(csv.reader(file))
    return [[c[1:] if escaped and len(c) > 1 and c[0] == "'" and c[1] in "=+-@'\t\r" else c for c in r] for r in rows]


def text(value):
    """What a reader gives, as the CSV export writes it."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    return str(value)


def agree(rows, reference, where, name=lambda n: n):
    """The header and every cell agree; a month may have got its first day, a truth value a number."""
    same([name(n) for n in reference[0]], list(rows[0]), f"{where}: columns")
    same(len(reference), len(rows), f"{where}: rows")
    cells = 0
    for number, (row, wanted) in enumerate(zip(rows[1:], reference[1:]), start=2):
        for column, (got, want) in enumerate(zip(row, wanted)):
            got = text(got)
            if got == want or got == want + "-01" or (want in ("true", "false") and got in ("1", "0", "True", "False")):
                cells += 1
            elif want and got and got.replace(".", "", 1).isdigit() and float(got) == float(want):
                cells += 1
            else:
                raise AssertionError(f"{where}: row {number}, column {reference[0][column]}: {got!r} is not {want!r}")
    return cells


# What is read: a register of 300 invented people, in all formats.
meedoen("simulate", "municipality", "--persons", 300, "--seed", 4, "--output", FOLDER / "data")
workspace = FOLDER / "workspace"
meedoen("new", workspace, "--model", "municipality", "--synthetic")
meedoen("submit", FOLDER / "data/returns", "--workspace", workspace, allowed=(0, 1))
for kind, target in [("csv", "csv"), ("xlsx", "out.xlsx"), ("sav", "sav"), ("zsav", "zsav"), ("sqlite", "out.sqlite"),
                     ("package", "package")]:
    meedoen("export", "records", "--to", kind, "--output", FOLDER / target, "--recipient", "crosscheck",
            "--workspace", workspace)
for kind in ["sdmx-csv", "json-stat"]:
    meedoen("export", "tables", PLAN, "--to", kind, "--output", FOLDER / kind, "--workspace", workspace)
reference = {p.stem: table(p, escaped=True) for p in sorted((FOLDER / "csv").glob("*.csv")) if p.stem != "codebook"}
labels = table(FOLDER / "csv/codebook.csv")[1:]


@check(f"frictionless {version('frictionless')} accepts the Data Package")
def _():
    from frictionless import system, validate

    # The package lies in an absolute folder, which frictionless takes only when told to trust it.
    with system.use_context(trusted=True):
        report = validate(str(FOLDER / "package/datapackage.json"))
    same(report.valid, True, str(report.flatten(["code", "message"]))[:600])
    same(len(report.tasks), len(reference), "tables")
    return f"{len(report.tasks)} tables, {sum(t.stats['rows'] for t in report.tasks)} rows valid"


@check(f"openpyxl {version('openpyxl')} reads the workbook")
def _():
    import openpyxl

    book = openpyxl.load_workbook(FOLDER / "out.xlsx")
    cells = 0
    for name, wanted in reference.items():
        rows = [["" if c is None else c for c in r] for r in book[name].iter_rows(values_only=True)]
        cells += agree(rows, wanted, name)
    return f"{len(reference)} sheets, {cells} cells equal to the CSV export"


def office(source, target, form):
    home = FOLDER / "office-profile"
    run("soffice", f"-env:UserInstallation=file://{home.resolve()}", "--headless", "--convert-to", form, "--outdir", target, source)


if shutil.which("soffice"):

    @check("LibreOffice reads the workbook")
    def _():
        target = FOLDER / "office"
        office(FOLDER / "out.xlsx", target, 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1')
        cells = 0
        for name, wanted in reference.items():
            cells += agree(table(target / f"out-{name}.csv"), wanted, name)
        return f"{len(reference)} sheets, {cells} cells equal to the CSV export"


@check(f"pyreadstat {version('pyreadstat')} reads the files of SPSS")
def _():
    import pyreadstat

    cells = 0
    counted = {"labels of variables": 0, "labels of codes": 0, "dates": 0}
    for kind in ["sav", "zsav"]:
        for name, wanted in reference.items():
            frame, about = pyreadstat.read_sav(str(FOLDER / kind / f"{name}.{kind}"))
            rows = [list(frame.columns)] + [[text(v) for v in row] for row in frame.astype(object).values.tolist()]
            cells += agree(rows, wanted, f"{name}.{kind}", name=lambda n: n.replace("-", "_"))
            for record, column, kind_of_field, label, code, meaning in labels:
                # A text of several codes has no labels in SPSS.
                if record != name or (code and kind_of_field == "list"):
                    continue
                column = column.replace("-", "_")
                if code:
                    same(about.variable_value_labels[column][code], meaning, f"{name}.{column} code {code}")
                    counted["labels of codes"] += 1
                else:
                    same(about.column_names_to_labels[column], label, f"{name}.{column}")
                    counted["labels of variables"] += 1
            counted["dates"] += sum("DATE" in f or "MOYR" in f for f in about.original_variable_types.values())
    return f"{cells} cells equal; " + ", ".join(f"{n} {what}" for what, n in counted.items())


if shutil.which("pspp-convert"):

    @check(f"PSPP reads the files of SPSS ({run('pspp', '--version').splitlines()[0]})")
    def _():
        cells = 0
        for kind in ["sav", "zsav"]:
            for name, wanted in reference.items():
                target = FOLDER / f"pspp-{kind}-{name}.csv"
                run("pspp-convert", FOLDER / kind / f"{name}.{kind}", target)
                rows = table(target)
                for row in rows[1:]:
                    for place, cell in enumerate(row):
                        # PSPP writes 07/15/2016 for a date, and a blank for what is missing.
                        for form in ("%m/%d/%Y", "%b %Y", "%Y/%m/%d"):
                            try:
                                row[place] = datetime.datetime.strptime(cell.strip().title(), form).date().isoformat()
                                break
                            except ValueError:
                                row[place] = cell.strip()
                cells += agree(rows, wanted, f"{name}.{kind}", name=lambda n: n.replace("-", "_"))
        return f"{cells} cells equal"


@check("SQLite reads the database")
def _():
    database = sqlite3.connect(FOLDER / "out.sqlite")
    same(database.execute("PRAGMA integrity_check").fetchone()[0], "ok", "integrity")
    same(database.execute("PRAGMA foreign_key_check").fetchall(), [], "foreign keys")
    cells = 0
    for name, wanted in reference.items():
        cursor = database.execute(f'SELECT * FROM "{name}"')
        rows = [[c[0] for c in cursor.description]] + sorted([["" if v is None else v for v in r] for r in cursor], key=str)
        cells += agree([rows[0]] + sorted(rows[1:], key=lambda r: [text(c) for c in r]),
                       [wanted[0]] + sorted(wanted[1:]), name)
    return f"{len(reference)} tables, {cells} cells equal to the CSV export"


@check(f"pyjstat {version('pyjstat')} reads the JSON-stat")
def _():
    from pyjstat import pyjstat

    cells = withheld = 0
    files = sorted((FOLDER / "json-stat").glob("*.json"))
    for path in files:
        raw = json.loads(path.read_text())
        frame = pyjstat.Dataset.read(path.read_text()).write("dataframe")
        size = math.prod(raw["size"])
        same(len(frame), size, path.name)
        for got, want in zip(frame["value"], [raw["value"][k] for k in range(size)]):
            same(text(got), text(want), path.name)
            cells += 1
            withheld += want is None
    return f"{len(files)} tables, {cells} cells, of which {withheld} hold no number"


@check(f"pysdmx {version('pysdmx')} reads the SDMX-CSV")
def _():
    from pysdmx.io import read_sdmx

    cells = 0
    files = sorted((FOLDER / "sdmx-csv").glob("*.csv"))
    for path in files:
        message = read_sdmx(str(path), validate=False)
        wanted = table(path)
        same(sum(len(d.data) for d in message.data), len(wanted) - 1, path.name)
        cells += len(wanted) - 1
    return f"{len(files)} tables, {cells} observations"


@check(f"pyxform {version('pyxform')} makes forms of the models")
def _():
    from pyxform import create_survey_from_xls

    questions = {}
    for model in ["municipality", "rtof"]:
        path = FOLDER / f"{model}-form.xlsx"
        meedoen("model", "form", model, "--output", path)
        survey = create_survey_from_xls(str(path))
        xml = survey.to_xml(validate=False)
        questions[model] = xml.count("<bind ")
    return ", ".join(f"{model} with {count} questions" for model, count in questions.items())


def template(model):
    path = FOLDER / f"{model}-template.xlsx"
    meedoen("model", "template", model, "--output", path)
    return path


@check(f"openpyxl {version('openpyxl')} reads the templates")
def _():
    import openpyxl

    said = []
    for model in ["municipality", "rtof"]:
        book = openpyxl.load_workbook(template(model))
        lists = sum(len(s.data_validations.dataValidation) for s in book.worksheets)
        notes = sum(c.comment is not None for s in book.worksheets for r in s.iter_rows() for c in r)
        if not lists or not notes:
            raise AssertionError(f"{model}: {lists} drop-downs, {notes} notes")
        said.append(f"{model}: {len(book.worksheets)} sheets, {lists} drop-downs, {notes} notes")
    return "; ".join(said)


def findings_of(path):
    """Code, sheet and cell of each finding, without those that only speak of what was left aside."""
    said = json.loads(meedoen("check", path, "--model", "municipality", "--all", "--format", "json", allowed=(0, 1)))
    return sorted((f["code"], f.get("sheet") or "", f.get("cell") or "") for f in said["findings"] if f.get("cell"))


def sample():
    """A return with mistakes, as the workbook of a sender: with a drop-down, a note and a colour of their own."""
    import openpyxl
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill
    from openpyxl.worksheet.datavalidation import DataValidation

    # The return that tells of the most people.
    team = max((FOLDER / "data/returns").glob("*/*/person.csv"), key=lambda p: (p.stat().st_size, str(p))).parent
    book = openpyxl.Workbook()
    book.remove(book.active)
    for path in sorted(team.glob("*.csv")):
        # Teams of the invented municipality send what they have: another encoding, delimiter, title rows.
        text_of_file = path.read_bytes()
        for encoding in ("utf-8-sig", "cp1252"):
            try:
                lines = text_of_file.decode(encoding).splitlines()
                break
            except UnicodeDecodeError:
                continue
        rows = list(csv.reader(lines, delimiter=";" if lines[0].count(";") > lines[0].count(",") else ","))
        if len(rows) < 2:
            continue
        sheet = book.create_sheet(path.stem[:31])
        for row in rows:
            sheet.append(row)
    people = book["person"]
    header = [c.value for c in people[1]]
    sex = header.index("sex") + 1
    people.cell(2, sex).value = "femal"
    people.cell(2, 1).comment = Comment("checked by telephone", "sender")
    people.cell(2, 1).fill = PatternFill("solid", fgColor="CCEECC")
    year = header.index("birth-year") + 1
    rule = DataValidation(type="whole", operator="between", formula1="1900", formula2="2026")
    rule.add(people.cell(2, year).coordinate + ":" + people.cell(50, year).coordinate)
    people.add_data_validation(rule)
    path = FOLDER / "return.xlsx"
    book.save(path)
    return path


@check("The annotated workbook comes back")
def _():
    import openpyxl

    path = sample()
    before = findings_of(path)
    back = FOLDER / "back"
    meedoen("check", path, "--model", "municipality", "--annotate", back, allowed=(0, 1))
    checked = back / "return-checked.xlsx"
    book = openpyxl.load_workbook(checked)
    same(book.worksheets[0].title, "Findings", "first sheet")
    people = book["person"]
    same(people["A2"].comment.text, "checked by telephone", "the sender's note")
    kinds = {v.type for v in people.data_validations.dataValidation}
    same({"whole", "list"} <= kinds, True, f"drop-downs {kinds}")
    same(findings_of(checked), before, "findings after sending back")
    said = f"{len(before)} findings at cells before and after"
    if shutil.which("soffice"):
        office(checked, FOLDER / "saved", "xlsx")
        same(findings_of(FOLDER / "saved/return-checked.xlsx"), before, "findings after LibreOffice saved it")
        said += ", also after LibreOffice saved it"
    return said


if failures:
    print(f"{len(failures)} checks failed: " + "; ".join(failures))
    sys.exit(1)
print("All agree.")
