"""Precision and recall of record linkage by two peers, on the people of `meedoen simulate duplicates`.

    python3 Benchmarks/Peers/linkage.py FOLDER

FOLDER holds people.csv and truth.csv. Both peers get names in lower case without accents, the same fields, and blocks
on names and on parts of the dates; both estimate their parameters from the data, as ours does, and none sees the truth.
Needs recordlinkage and splink.
"""

import sys
import time
import unicodedata

import pandas

FOLDER = sys.argv[1]


def folded(text):
    if not isinstance(text, str):
        return None
    text = unicodedata.normalize("NFKD", text)
    return "".join(c for c in text.lower() if c.isalpha()) or None


people = pandas.read_csv(f"{FOLDER}/people.csv", dtype=str, keep_default_na=False).replace("", None)
truth = pandas.read_csv(f"{FOLDER}/truth.csv", dtype=str)
who = dict(zip(truth.person, truth.who))
people.columns = [c.replace("-", "_") for c in people.columns]
for name in ["given_name", "family_name"]:
    people[name] = people[name].map(folded)
people["birth_year"] = people.birth_date.str[:4]
people["birth_day"] = people.birth_date.str[5:]
people["given_start"] = people.given_name.str[:2]
people["family_start"] = people.family_name.str[:2]
total = int(truth.groupby("who").size().map(lambda n: n * (n - 1) // 2).sum())


def say(name, pairs, seconds):
    right = sum(who[a] == who[b] for a, b in pairs)
    precision = right / len(pairs) if len(pairs) else float("nan")
    print(f"{name}: {len(pairs)} pairs, precision {precision:.4f}, recall {right / total:.4f}, {seconds:.1f} s")


def by_recordlinkage():
    import recordlinkage

    table = people.set_index("person")
    start = time.time()
    index = recordlinkage.Index()
    for keys in [
        ["given_name", "family_name"],
        ["birth_date"],
        ["given_name", "birth_year"],
        ["family_name", "birth_year"],
        ["family_name", "birth_day"],
        ["family_name", "given_start"],
    ]:
        index.block(keys)
    pairs = index.index(table)
    compare = recordlinkage.Compare()
    compare.string("given_name", "given_name", method="jarowinkler", threshold=0.85, label="given")
    compare.string("family_name", "family_name", method="jarowinkler", threshold=0.85, label="family")
    for field in ["birth_date", "permit_on", "sex", "origin"]:
        compare.exact(field, field, label=field)
    features = compare.compute(pairs, table)
    model = recordlinkage.ECMClassifier(max_iter=1000, atol=1e-6)
    say("recordlinkage ECMClassifier", list(model.fit_predict(features)), time.time() - start)


def by_splink():
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    start = time.time()
    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="person",
        blocking_rules_to_generate_predictions=[
            block_on("given_name", "family_name"),
            block_on("birth_date"),
            block_on("given_name", "birth_year"),
            block_on("family_name", "birth_year"),
            block_on("family_name", "birth_day"),
            block_on("family_name", "given_start"),
        ],
        comparisons=[
            cl.JaroWinklerAtThresholds("given_name", [0.92, 0.8]).configure(term_frequency_adjustments=True),
            cl.JaroWinklerAtThresholds("family_name", [0.92, 0.8]).configure(term_frequency_adjustments=True),
            cl.DamerauLevenshteinAtThresholds("birth_date", [1, 2]),
            cl.DamerauLevenshteinAtThresholds("permit_on", [1, 2]),
            cl.ExactMatch("sex"),
            cl.ExactMatch("origin").configure(term_frequency_adjustments=True),
        ],
    )
    api = DuckDBAPI()
    try:
        linker = Linker(people, settings, db_api=api)
    except TypeError:
        linker = Linker(api.register(people), settings)
    linker.training.estimate_probability_two_random_records_match(
        [block_on("given_name", "family_name", "birth_date")], recall=0.5
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("birth_date"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("given_name", "family_name"))
    found = linker.inference.predict(threshold_match_probability=0.1).as_pandas_dataframe()
    seconds = time.time() - start
    for least in [0.5, 0.9, 0.95, 0.99, 0.999]:
        rows = found[found.match_probability >= least]
        say(f"splink from {least}", list(zip(rows.person_l, rows.person_r)), seconds)


by_recordlinkage()
by_splink()
