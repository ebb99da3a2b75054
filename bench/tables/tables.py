"""Tables as the judge takes them: the same columns in the same order, numbers as floats and everything else as text."""

import numpy as np
import pandas as pd

MOST_CATEGORIES = 200


def read_tables(paths, categories=()):
    """The tables of CSV files, with the columns of the first; there, a column that does not read as numbers, or is one of `categories`,
    is text. What does not read as a number in the other files is missing."""
    first, *others = (pd.read_csv(path, dtype=str) for path in paths)
    unknown = [name for name in categories if name not in first]
    if unknown:
        raise ValueError(f'there is no column "{unknown[0]}" in {paths[0]}; there are {", ".join(first)}')
    for path, table in zip(paths[1:], others):
        missing = [name for name in first if name not in table]
        if missing:
            raise ValueError(f"{path} has no column {', '.join(missing)}")
    tables = [first, *(table[list(first)] for table in others)]
    for name in first:
        if name not in categories and pd.to_numeric(first[name], errors="coerce").notna().sum() == first[name].notna().sum() > 0:
            for table in tables:
                table[name] = pd.to_numeric(table[name], errors="coerce").astype(float)
        else:
            for table in tables:
                table[name] = table[name].astype(object).fillna("")
    return tables


def number_columns(table):
    return [name for name in table if pd.api.types.is_float_dtype(table[name])]


class Encoding:
    """Rows as vectors of floats: a number as (x - mean) / deviation with an indicator of gaps, a category as one-hot over the most
    frequent of the reference table."""

    def __init__(self, reference):
        self.numbers = {name: (reference[name].mean(), reference[name].std() or 1) for name in number_columns(reference)}
        self.categories = {
            name: reference[name].value_counts().index[:MOST_CATEGORIES] for name in reference if name not in self.numbers
        }

    def __call__(self, table):
        parts = []
        for name, (mean, deviation) in self.numbers.items():
            parts += [((table[name] - mean) / deviation).fillna(0), table[name].isna()]
        for name, values in self.categories.items():
            codes = values.get_indexer(table[name])
            parts += [codes == code for code in range(len(values))]
        return np.column_stack(parts).astype(np.float32)
