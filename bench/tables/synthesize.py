"""Trains a synthesizer on a prepared data set, or samples from it; prints what was done as JSON.

    python synthesize.py fit --method ctgan --data data/adult --model FILE --seed 0 [--seconds 600]
    python synthesize.py sample --model FILE --rows 36178 --seed 0 --out CSV
"""

import argparse
import importlib
import json
import pickle
import warnings
from pathlib import Path

from tables import number_columns, read_tables

METHODS = {
    "independent": ("independent", "Independent"),
    "mixture": ("mixture", "Mixture"),
    "ctgan": ("ctganPackage", "Ctgan"),
    "tvae": ("ctganPackage", "Tvae"),
}
MOST_DECIMALS = 6


def decimals(numbers):
    """How many decimals all of the numbers can be written with."""
    return next((count for count in range(MOST_DECIMALS) if (numbers.round(count) == numbers).all()), MOST_DECIMALS)


class Form:
    """The decimals and the range of each number of a table, which are kept for all synthesizers, as SDV keeps them around CTGAN."""

    def __init__(self, table):
        self.numbers = {
            name: (decimals(table[name]), table[name].min(), table[name].max()) for name in number_columns(table)
        }

    def applied(self, table):
        for name, (count, least, most) in self.numbers.items():
            table[name] = table[name].clip(least, most).round(count)
            if count == 0:
                table[name] = table[name].astype(int)
        return table


def fit(arguments):
    facts = json.loads((arguments.data / "facts.json").read_text())
    (table,) = read_tables([arguments.data / "train.csv"], facts["categories"])
    module, name = METHODS[arguments.method]
    synthesizer = getattr(importlib.import_module(f"synthesizers.{module}"), name)()
    rows = synthesizer.fit(table, facts["categories"], arguments.seed, arguments.seconds)
    arguments.model.write_bytes(pickle.dumps((synthesizer, Form(table))))
    return {"trainedRows": rows}


def sample(arguments):
    synthesizer, form = pickle.loads(arguments.model.read_bytes())
    form.applied(synthesizer.sample(arguments.rows, arguments.seed)).to_csv(arguments.out, index=False)
    return {"rows": arguments.rows}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    commands = parser.add_subparsers(required=True)
    fitting = commands.add_parser("fit")
    fitting.set_defaults(act=fit)
    fitting.add_argument("--method", required=True, choices=METHODS)
    fitting.add_argument("--data", required=True, type=Path, metavar="FOLDER", help="what prepare.py has written")
    fitting.add_argument("--seconds", type=float, help="the time to train (default: all epochs)")
    sampling = commands.add_parser("sample")
    sampling.set_defaults(act=sample)
    sampling.add_argument("--rows", required=True, type=int)
    sampling.add_argument("--out", required=True, type=Path, metavar="CSV")
    for command in (fitting, sampling):
        command.add_argument("--model", required=True, type=Path, metavar="FILE")
        command.add_argument("--seed", type=int, default=0, help="(default: 0)")
    warnings.filterwarnings("ignore")
    arguments = parser.parse_args()
    print(json.dumps(arguments.act(arguments)))


if __name__ == "__main__":
    main()
