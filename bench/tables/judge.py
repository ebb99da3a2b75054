"""Judges a synthetic table by code that is not this project's, and prints the figures as JSON.

    python judge.py --real train.csv --test test.csv --synthetic syn.csv --target salary

The training table is what the synthesizer saw, the test table real rows that it did not see.
"""

import argparse
import json
import sys
import warnings
from itertools import combinations
from time import perf_counter

import numpy as np
import pandas as pd
import xgboost
from sdmetrics.column_pairs import ContingencySimilarity, CorrelationSimilarity
from sdmetrics.single_column import KSComplement, TVComplement
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, r2_score, roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.neighbors import NearestNeighbors
from sklearn.preprocessing import LabelEncoder

from tables import Encoding, number_columns, read_tables

XGBOOST = {"n_estimators": 100, "tree_method": "hist", "n_jobs": 1, "random_state": 0}
DETECTION_PARTS = 3
FOLDS = 3
STRONG_CORRELATION = 0.5
STRONG_ASSOCIATION = 0.3
DCR_ROWS = 3000


def shape_and_trend(train, synthetic):
    """The measures of SDMetrics' quality report: the mean of 1 - KS (numbers) and 1 - TV (categories) over columns, and that of the
    similarity of correlations (two numbers) and of contingency tables (other pairs) over all pairs of columns. `strongTrend` is the latter
    over the pairs that hang together in the training table: correlated above 0.5 or associated (Cramer's V) above 0.3, the limits of
    SDMetrics.

    Its report cuts the numbers of each table into bins of that table's own range, so that one extreme value moves all of them (two halves of
    the diamonds get a trend of 0.77); its measures by themselves take the bins of the training table for both, and give 0.98."""
    numbers = set(number_columns(train))
    shapes = {
        name: (KSComplement if name in numbers else TVComplement).compute(train[name], synthetic[name]) for name in train
    }
    trends, strong = [], []
    for pair in map(list, combinations(train, 2)):
        binned = [name for name in pair if name in numbers]
        tables = train[pair], synthetic[pair]
        if len(binned) == 2:
            trends.append(CorrelationSimilarity.compute(*tables))
            strong.append(CorrelationSimilarity.compute(*tables, real_correlation_threshold=STRONG_CORRELATION))
        else:
            trends.append(ContingencySimilarity.compute(*tables, binned))
            strong.append(ContingencySimilarity.compute(*tables, binned, real_association_threshold=STRONG_ASSOCIATION))
    return {
        "shape": np.nanmean(list(shapes.values())),
        "trend": np.nanmean(trends),
        "strongTrend": np.nanmean(strong),
        "shapes": dict(sorted(shapes.items(), key=lambda entry: entry[1])),
    }


def detection(train, test, synthetic):
    """1 - max(0, 2 AUC - 1), where AUC is that of a classifier that tells synthetic rows from as many test rows, cross-validated:
    1 where it cannot tell. XGBoost's is the mean over up to three parts of the synthetic table; the other is a logistic regression."""
    encoded = Encoding(train)
    count = min(len(test), len(synthetic))
    real = encoded(test.iloc[:count])
    labels = np.repeat([1, 0], count)
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0)

    def score(classifier, part):
        rows = np.vstack([real, encoded(synthetic.iloc[part * count : (part + 1) * count])])
        return roc_auc_score(labels, cross_val_predict(classifier, rows, labels, cv=folds, method="predict_proba")[:, 1])

    parts = range(min(DETECTION_PARTS, len(synthetic) // count))
    auc = np.mean([score(xgboost.XGBClassifier(**XGBOOST), part) for part in parts])
    logistic = score(LogisticRegression(max_iter=300), 0)
    return {"detection": 1 - max(0, 2 * auc - 1), "logisticDetection": 1 - max(0, 2 * logistic - 1)}


def utility(train, test, synthetic, target):
    """What XGBoost trained on synthetic rows reaches on test rows, and what it reaches trained on the training table (`real...`): R2 for a
    number; for classes AUC and F1, means over the classes, each against the others."""
    features = Encoding(train.drop(columns=target))

    def fitted(kind, table, answers):
        return kind(**XGBOOST).fit(features(table), answers)

    if target in number_columns(train):

        def reached(table):
            known = table[table[target].notna()]
            judged = test[test[target].notna()]
            model = fitted(xgboost.XGBRegressor, known, known[target])
            return {"r2": r2_score(judged[target], model.predict(features(judged)))}

    else:
        classes = train[target].value_counts().index
        judged = test[test[target].isin(classes)]

        def reached(table):
            known = table[table[target].isin(classes)]
            seen = LabelEncoder().fit(known[target])
            if len(seen.classes_) == 1:
                chances = np.tile(classes == seen.classes_[0], (len(judged), 1)).astype(float)
            else:
                model = fitted(xgboost.XGBClassifier, known, seen.transform(known[target]))
                chances = pd.DataFrame(model.predict_proba(features(judged)), columns=seen.classes_)
                chances = chances.reindex(columns=classes, fill_value=0).to_numpy()
            truth = classes.get_indexer(judged[target])
            aucs = [roc_auc_score(truth == label, chances[:, label]) for label in np.unique(truth)]
            return {"auc": np.mean(aucs), "f1": f1_score(truth, chances.argmax(1), average="macro")}

    of_real = {f"real{name.capitalize()}": value for name, value in reached(train).items()}
    return {**reached(synthetic), **of_real}


def privacy(train, test, synthetic):
    """`dcrShare`: the share of synthetic rows nearer to a training row than to any of as many test rows, ties counted half (0.5 where
    nothing was learned by heart). `copies`: the share of synthetic rows that are training rows; `repeats`: that of test rows."""
    encoded = Encoding(train)
    count = min(len(train), len(test))
    sample = encoded(synthetic.iloc[:DCR_ROWS])

    def distances(table):
        nearest = NearestNeighbors(n_neighbors=1, algorithm="brute").fit(encoded(table.sample(count, random_state=1)))
        return nearest.kneighbors(sample)[0][:, 0]

    to_train, to_test = distances(train), distances(test)
    known = pd.util.hash_pandas_object(train, index=False)

    def copies(table):
        return pd.util.hash_pandas_object(table, index=False).isin(known).mean()

    return {
        "dcrShare": np.mean(to_train < to_test) + np.mean(to_train == to_test) / 2,
        "copies": copies(synthetic),
        "repeats": copies(test),
    }


def judge(train, test, synthetic, target, only=("quality", "detection", "utility", "privacy")):
    """All figures, as a dictionary; `seconds` says what each question took. The order of the synthetic rows does not matter."""
    synthetic = synthetic.sample(frac=1, random_state=0, ignore_index=True)
    questions = {
        "quality": lambda: shape_and_trend(train, synthetic),
        "detection": lambda: detection(train, test, synthetic),
        "utility": lambda: utility(train, test, synthetic, target) if target else {},
        "privacy": lambda: privacy(train, test, synthetic),
    }
    figures, seconds = {}, {}
    for name in only:
        started = perf_counter()
        figures |= questions[name]()
        seconds[name] = round(perf_counter() - started, 2)
    return {**figures, "rows": {"train": len(train), "test": len(test), "synthetic": len(synthetic)}, "seconds": seconds}


def plain(value):
    """A figure as JSON has it: what could not be computed is null."""
    if isinstance(value, dict):
        return {name: plain(part) for name, part in value.items()}
    return None if np.isnan(value) else np.asarray(value).item()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    for name, text in {"real": "what the synthesizer saw", "test": "real rows that it did not see", "synthetic": "what it made"}.items():
        parser.add_argument(f"--{name}", required=True, metavar="CSV", help=text)
    parser.add_argument("--target", help="the column that a model shall predict (default: none, no utility)")
    parser.add_argument("--categories", default="", help="columns of numbers that are names, with commas between")
    parser.add_argument("--only", default="quality,detection,utility,privacy", help="some questions (default: all four)")
    arguments = parser.parse_args()
    warnings.filterwarnings("ignore")
    categories = [name for name in arguments.categories.split(",") if name]
    try:
        tables = read_tables([arguments.real, arguments.test, arguments.synthetic], categories)
    except ValueError as problem:
        sys.exit(f"judge.py: {problem}.")
    figures = judge(*tables, arguments.target, arguments.only.split(","))
    print(json.dumps(plain(figures), indent=2))


if __name__ == "__main__":
    main()
