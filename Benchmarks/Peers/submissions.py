"""Times one task of a Python library on returns, as its users call it.

usage: submissions.py TASK FOLDER ROWS REPETITIONS

Prints one JSON object: the seconds of each call, numbers that ours can be compared with, and the software's version.
Importing the library is not counted; reading the file is.
"""
import json
import sys
import time
import warnings

warnings.filterwarnings("ignore")
task, folder, rows, repetitions = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
wide = f"{folder}/wide-{rows}.csv"


def schema():
    with open(f"{folder}/wide.schema.json") as file:
        return json.load(file)


def report(call, checks, software):
    seconds, value = [], None
    for _ in range(max(1, repetitions)):
        start = time.perf_counter()
        value = call()
        seconds.append(time.perf_counter() - start)
        if seconds[0] > 25:
            break
    print(json.dumps({"seconds": seconds, "checks": checks(value), "software": software}))


def check_frictionless():
    import os

    import frictionless
    from frictionless import Checklist, Resource, Schema, system

    described = Schema.from_descriptor(schema())
    os.chdir(folder)
    system.trusted = True

    def call():
        resource = Resource(path=f"wide-{rows}.csv", schema=described)
        return resource.validate(Checklist(), limit_errors=10_000_000)

    report(call, lambda found: {"findings": found.stats["errors"]}, f"frictionless {frictionless.__version__}")


def check_pandera():
    import pandas
    import pandera
    import pandera.pandas as pa

    described = schema()["fields"]
    kinds = {"integer": "Int64", "number": "float64"}
    columns = {}
    for field in described:
        rules, checks = field["constraints"], []
        if "enum" in rules:
            checks.append(pa.Check.isin(rules["enum"]))
        if "maxLength" in rules:
            checks.append(pa.Check.str_length(max_value=rules["maxLength"]))
        if "pattern" in rules:
            checks.append(pa.Check.str_matches("^" + rules["pattern"] + "$"))
        if field["type"] == "date":
            checks.append(pa.Check.str_matches(r"^\d{4}-\d\d-\d\d$"))
        if field["type"] == "yearmonth":
            checks.append(pa.Check.str_matches(r"^\d{4}-\d\d$"))
        if field["type"] in ("integer", "year"):
            checks.append(pa.Check.str_matches(r"^-?\d+$"))
        unique = bool(rules.get("unique")) or field["name"] == schema()["primaryKey"][0]
        columns[field["name"]] = pa.Column(
            "string", checks, nullable="required" not in rules, unique=unique)
    form = pa.DataFrameSchema(columns)

    def call():
        data = pandas.read_csv(wide, dtype="string", keep_default_na=False, na_values=[""])
        try:
            form.validate(data, lazy=True)
            return 0
        except pa.errors.SchemaErrors as found:
            return len(found.failure_cases)

    report(call, lambda found: {"findings": found}, f"pandera {pandera.__version__}, pandas {pandas.__version__}")


def check_pandera_typed():
    """As its users write it most: pandas decides what the columns are, and pandera compares."""
    import pandas
    import pandera
    import pandera.pandas as pa

    described = schema()["fields"]
    columns = {}
    for field in described:
        rules, checks = field["constraints"], []
        if "enum" in rules:
            checks.append(pa.Check.isin(rules["enum"]))
        if "maxLength" in rules:
            checks.append(pa.Check.str_length(max_value=rules["maxLength"]))
        columns[field["name"]] = pa.Column(None, checks, nullable="required" not in rules)
    form = pa.DataFrameSchema(columns)

    def call():
        data = pandas.read_csv(wide, keep_default_na=False, na_values=[""], low_memory=False)
        try:
            form.validate(data, lazy=True)
            return 0
        except pa.errors.SchemaErrors as found:
            return len(found.failure_cases)

    report(call, lambda found: {"findings": found}, f"pandera {pandera.__version__}, pandas {pandas.__version__}")


def read_polars():
    import polars

    def call():
        data = polars.read_csv(wide, try_parse_dates=True, infer_schema_length=1000, ignore_errors=True)
        return data

    report(
        call,
        lambda data: {
            "rows": data.height, "columns": data.width,
            "dates": sum(1 for kind in data.dtypes if kind == polars_date()),
        }, f"polars {polars.__version__}, {polars.thread_pool_size()} threads")


def read_polars_typed():
    """The types given beforehand, codes as categories, as ours makes them."""
    import polars

    kinds = {"integer": polars.Int64, "year": polars.Int64, "number": polars.Float64, "date": polars.Date}
    types = {}
    for field in schema()["fields"]:
        kind = kinds.get(field["type"], polars.String)
        if "enum" in field["constraints"]:
            kind = polars.Categorical
        types[field["name"]] = kind

    def call():
        return polars.read_csv(wide, schema_overrides=types, ignore_errors=True)

    report(
        call,
        lambda data: {
            "rows": data.height, "columns": data.width,
            "dates": sum(1 for kind in data.dtypes if kind == polars.Date),
        }, f"polars {polars.__version__}, {polars.thread_pool_size()} threads")


def polars_date():
    import polars

    return polars.Date


def read_openpyxl():
    import openpyxl

    def call():
        book = openpyxl.load_workbook(f"{folder}/wide-{rows}.xlsx", read_only=True)
        return sum(1 for _ in book.worksheets[0].iter_rows(values_only=True))

    report(call, lambda count: {"rows": count - 1}, f"openpyxl {openpyxl.__version__}")


TASKS = {
    "check_frictionless": check_frictionless, "check_pandera": check_pandera,
    "check_pandera_typed": check_pandera_typed, "read_polars": read_polars, "read_polars_typed": read_polars_typed,
    "read_openpyxl": read_openpyxl,
}
TASKS[task]()
