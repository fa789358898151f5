# Times one task of an R package, as its users call it.
#
# usage: Rscript peers.R TASK FOLDER REPETITIONS
#
# Reads the CSV files that `benchmarks generate` wrote, prepares what the call takes (untimed), calls it as often as
# asked, and prints one JSON object: the seconds of each call and the numbers that ours must agree with.

arguments <- commandArgs(trailingOnly = TRUE)
task <- arguments[1]
folder <- arguments[2]
repetitions <- as.integer(arguments[3])
suppressMessages(library(data.table))

NUMBERS <- c("age", "woman", "schooling", "household", "earlier", "months", "experience", "wellbeing", "digital", "city")
THREE <- c("language", "origin", "ground")
FIVE <- c(THREE, "region", "housing")

register <- function(name = "register") {
  data <- as.data.frame(fread(file.path(folder, paste0(name, ".csv"))))
  for (column in FIVE) data[[column]] <- factor(data[[column]])
  data
}

model <- function(response, terms) reformulate(terms, response)

report <- function(call, checks, packages) {
  seconds <- numeric()
  value <- NULL
  for (repetition in seq_len(max(1, repetitions))) {
    gc(FALSE)
    start <- proc.time()[["elapsed"]]
    value <- call()
    seconds <- c(seconds, proc.time()[["elapsed"]] - start)
    if (seconds[1] > 25) break
  }
  found <- checks(value)
  software <- paste(vapply(packages, function(name) paste(name, packageVersion(name)), ""), collapse = ", ")
  peak <- sub(".*?(\\d+) kB.*", "\\1", grep("^VmHWM", readLines("/proc/self/status"), value = TRUE))
  number <- function(x) ifelse(is.finite(x), formatC(x, digits = 17, format = "g", width = 1), "null")
  cat(sprintf(
    "{\"seconds\": [%s], \"checks\": {%s}, \"peak\": %.0f, \"software\": \"R %s.%s; %s\"}\n",
    paste(number(seconds), collapse = ", "),
    paste(sprintf("\"%s\": %s", names(found), number(unlist(found))), collapse = ", "),
    as.numeric(peak) * 1024, R.version$major, R.version$minor, software))
}

# The value of a step function at a time.
at <- function(times, values, time) values[sum(times <= time)]

switch(task,
  km_survival = {
    library(survival)
    data <- register()
    report(
      function() survfit(Surv(days, cause > 0) ~ treated, data),
      function(fit) {
        found <- summary(fit, times = 365)
        list(
          survival0 = found$surv[1], survival1 = found$surv[2], standardError0 = found$std.err[1],
          standardError1 = found$std.err[2])
      }, "survival")
  },
  logrank_survival = {
    library(survival)
    data <- register()
    report(
      function() survdiff(Surv(days, cause > 0) ~ treated, data), function(fit) list(chiSquare = fit$chisq), "survival")
  },
  aj_survival = {
    library(survival)
    data <- register()
    report(
      function() survfit(Surv(days, factor(cause)) ~ treated, data),
      function(fit) {
        found <- summary(fit, times = 365)
        list(
          incidence0 = found$pstate[1, 2], incidence1 = found$pstate[2, 2], standardError0 = found$std.err[1, 2],
          standardError1 = found$std.err[2, 2])
      }, "survival")
  },
  cuminc_cmprsk = {
    suppressMessages(library(cmprsk))
    data <- register()
    report(
      function() cuminc(data$days, data$cause, data$treated),
      function(fit) {
        list(
          incidence0 = timepoints(fit, 365)$est["0 1", 1], gray1 = fit$Tests["1", "stat"], gray2 = fit$Tests["2", "stat"])
      }, "cmprsk")
  },
  cox_survival = {
    library(survival)
    data <- register()
    data$time <- Surv(data$days, data$cause == 1)
    report(
      function() coxph(model("time", c("treated", NUMBERS, THREE)), data),
      function(fit) {
        list(
          treated = coef(fit)[["treated"]], age = coef(fit)[["age"]], standardError = sqrt(vcov(fit)[1, 1]),
          logLikelihood = fit$loglik[2])
      }, "survival")
  },
  logistic_glm = {
    data <- register()
    report(
      function() glm(model("treated", c(NUMBERS, FIVE)), binomial, data),
      function(fit) list(age = coef(fit)[["age"]], standardError = sqrt(vcov(fit)["age", "age"])), "stats")
  },
  ols_sandwich = {
    library(sandwich)
    data <- register()
    report(
      function() {
        fit <- lm(model("income", c("treated", NUMBERS, FIVE)), data)
        list(fit = fit, covariance = vcovCL(fit, ~municipality))
      },
      function(found) {
        list(treated = coef(found$fit)[["treated"]], standardError = sqrt(found$covariance["treated", "treated"]))
      }, "sandwich")
  },
  psm_matchit = {
    suppressMessages(library(MatchIt))
    data <- register()
    report(
      function() {
        found <- matchit(model("treated", c(NUMBERS, THREE)), data)
        list(found = found, table = summary(found))
      },
      function(value) {
        list(
          pairs = sum(!is.na(value$found$match.matrix)),
          meanTreatedAge = value$table$sum.matched["age", "Means Treated"],
          meanControlAge = value$table$sum.matched["age", "Means Control"])
      }, "MatchIt")
  },
  cem_matchit = {
    suppressMessages(library(MatchIt))
    data <- register()
    report(
      function() {
        matchit(model("treated", c("age", "woman", "schooling", "language", "origin", "ground")), data, method = "cem")
      },
      function(found) list(matched = sum(found$weights > 0), weights = sum(found$weights)), "MatchIt")
  },
  bootstrap_boot = {
    library(boot)
    data <- register("sample")
    terms <- model("treated", c(NUMBERS, THREE))
    effect <- function(data, rows) {
      drawn <- data[rows, ]
      score <- fitted(glm(terms, binomial, drawn))
      weight <- ifelse(drawn$treated == 1, 1, score / (1 - score))
      isTreated <- drawn$treated == 1
      weighted.mean(drawn$income[isTreated], weight[isTreated]) -
        weighted.mean(drawn$income[!isTreated], weight[!isTreated])
    }
    draws <- as.integer(Sys.getenv("BENCH_DRAWS", "100"))
    set.seed(2016)
    report(
      function() boot(data, effect, draws),
      function(found) list(effect = found$t0, standardErrorOfDraws = sd(found$t)), "boot")
  },
  stop("there is no task ", task))
