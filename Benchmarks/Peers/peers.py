"""Times one task of a Python library, as its users call it.

usage: peers.py TASK FOLDER REPETITIONS

Reads the CSV files that `benchmarks generate` wrote, prepares what the call takes (untimed), calls it as often as asked,
and prints one JSON object: the seconds of each call and the numbers that ours must agree with.
"""
import json
import math
import resource
import sys
import time
import warnings

warnings.filterwarnings("ignore")
task, folder, repetitions = sys.argv[1], sys.argv[2], int(sys.argv[3])

NUMBERS = ["age", "woman", "schooling", "household", "earlier", "months", "experience", "wellbeing", "digital", "city"]
THREE = ["language", "origin", "ground"]
FIVE = THREE + ["region", "housing"]


def register(name="register"):
    import pandas

    return pandas.read_csv(f"{folder}/{name}.csv")


def panel():
    import pandas

    return pandas.read_csv(f"{folder}/panel.csv")


def indicators(data, groups):
    import pandas

    return pandas.concat(
        [data[NUMBERS].astype(float), pandas.get_dummies(data[groups], drop_first=True, dtype=float)], axis=1)


def report(call, checks, software):
    """Calls, and prints what came out."""
    seconds, value = [], None
    for _ in range(max(1, repetitions)):
        start = time.perf_counter()
        value = call()
        seconds.append(time.perf_counter() - start)
        if seconds[0] > 25:
            break
    found = {name: float(number) for name, number in checks(value).items()}
    print(json.dumps({
        "seconds": seconds,
        "checks": {name: number for name, number in found.items() if math.isfinite(number)},
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        "software": software,
    }))


def version(name):
    from importlib.metadata import version as found

    return f"{name} {found(name)}"


def km_lifelines():
    from lifelines import KaplanMeierFitter

    data = register()
    groups = [part for _, part in data.groupby("treated")]
    report(
        lambda: [KaplanMeierFitter().fit(part.days, part.cause > 0) for part in groups],
        lambda fits: {f"survival{i}": fit.predict(365) for i, fit in enumerate(fits)}, version("lifelines"))


def aj_sksurv():
    from sksurv.nonparametric import cumulative_incidence_competing_risks as incidence

    data = register()
    groups = [(part.cause.values, part.days.values) for _, part in data.groupby("treated")]

    def at_year(curve):
        times, probabilities = curve[0], curve[1]
        return probabilities[1][(times <= 365).sum() - 1]

    report(
        lambda: [incidence(cause, days, conf_type="log-log") for cause, days in groups],
        lambda curves: {f"incidence{i}": at_year(curve) for i, curve in enumerate(curves)},
        version("scikit-survival"))


def cox_lifelines():
    from lifelines import CoxPHFitter

    data = register()
    columns = indicators(data, THREE)
    columns["treated"] = data.treated
    columns["days"] = data.days
    columns["work"] = data.cause == 1
    report(
        lambda: CoxPHFitter().fit(columns, "days", "work"),
        lambda fit: {
            "treated": fit.params_["treated"], "age": fit.params_["age"],
            "standardError": fit.standard_errors_["treated"], "logLikelihood": fit.log_likelihood_},
        version("lifelines"))


def logistic_statsmodels():
    import statsmodels.api as sm

    data = register()
    columns = sm.add_constant(indicators(data, FIVE))
    report(
        lambda: sm.Logit(data.treated, columns).fit(disp=0),
        lambda fit: {"age": fit.params["age"], "standardError": fit.bse["age"]}, version("statsmodels"))


def formula(data, response, first=()):
    return response + " ~ " + " + ".join([*first, *NUMBERS, *[f"C({name})" for name in FIVE]])


def ols_pyfixest():
    import pyfixest

    data = register()
    text = formula(data, "income", ["treated"])
    # The first call compiles; that is not counted.
    pyfixest.feols("income ~ treated", data.head(2000), vcov={"CRV1": "municipality"})
    report(
        lambda: pyfixest.feols(text, data, vcov={"CRV1": "municipality"}),
        lambda fit: {"treated": fit.coef()["treated"], "standardError": fit.se()["treated"]}, version("pyfixest"))


def ebal_pypi():
    from ebal import ebal_bin

    data = register()
    columns = indicators(data, THREE).values
    treated, income = data.treated.values, data.income.values

    def checks(fit):
        controls = treated == 0
        weights = fit["w"][controls]
        return {"weightedIncome": (weights * income[controls]).sum() / weights.sum()}

    # Without principal components: these would balance something else than the columns.
    report(
        lambda: ebal_bin(effect="ATT", PCA=False, print_level=-1).ebalance(treated, columns, income), checks,
        version("ebal"))


def twfe_pyfixest():
    import pyfixest

    data = panel()
    data["inProgramme"] = ((data.entered > 0) & (data.month >= data.entered)).astype(float)
    pyfixest.feols("income ~ inProgramme | person + month", data.head(4800), vcov={"CRV1": "person"})
    report(
        lambda: pyfixest.feols("income ~ inProgramme | person + month", data, vcov={"CRV1": "person"}),
        lambda fit: {"inProgramme": fit.coef()["inProgramme"], "standardError": fit.se()["inProgramme"]},
        version("pyfixest"))


def eventstudy_pyfixest():
    import pyfixest

    data = panel()
    data["since"] = data.month - data.entered
    data.loc[data.entered == 0, "since"] = -1
    report(
        lambda: pyfixest.feols("income ~ i(since, ref=-1) | person + month", data, vcov={"CRV1": "person"}),
        lambda fit: {
            name: fit.coef()[f"C(since, contr.treatment(base=-1))[T.{time}]"]
            for name, time in [("time0", 0), ("time12", 12), ("timeMinus12", -12)]
            if f"C(since, contr.treatment(base=-1))[T.{time}]" in fit.coef().index},
        version("pyfixest"))


def grouptime_diffdiff():
    from diff_diff import CallawaySantAnna

    data = panel()
    report(
        lambda: CallawaySantAnna(control_group="never_treated", n_bootstrap=0).fit(
            data, outcome="income", unit="person", time="month", first_treat="entered", aggregate="event_study"),
        lambda fit: {"time0": fit.event_study_effects[0]["effect"]}, version("diff-diff"))


globals()[task]()
