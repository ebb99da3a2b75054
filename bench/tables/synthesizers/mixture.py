import numpy as np
import pandas as pd

CLASSES = 500
ITERATIONS = 40
MOST_VALUES = 150
BINS = 50
# How much of the whole table's distribution is in that of a class, in rows; and in its first guess, as a share.
PRIOR_ROWS = 1
PRIOR_SHARE = 0.7


class Mixture:
    """A mixture of latent classes, in each of which the columns are independent, fitted by expectation maximisation. A number of many
    values is cut at its quantiles, and drawn as one of the training values of its bin."""

    def fit(self, table, categories, seed, seconds):
        rng = np.random.default_rng(seed)
        self.columns = [Column(name, table[name]) for name in table]
        encoded = np.hstack([column.one_hot() for column in self.columns])
        shares = encoded.mean(0)
        starts = encoded[rng.choice(len(table), min(CLASSES, len(table)), replace=False)]
        chances = (1 - PRIOR_SHARE) * starts + PRIOR_SHARE * shares
        self.weights = np.full(len(starts), 1 / len(starts))
        for _ in range(ITERATIONS):
            logits = encoded @ np.log(chances.T + 1e-9) + np.log(self.weights + 1e-12)
            posterior = np.exp(logits - logits.max(1, keepdims=True))
            posterior /= posterior.sum(1, keepdims=True)
            mass = posterior.sum(0)
            chances = (posterior.T @ encoded + PRIOR_ROWS * shares) / (mass[:, None] + PRIOR_ROWS)
            self.weights = mass / mass.sum()
        ends = np.cumsum([column.count for column in self.columns])[:-1]
        self.chances = np.split(chances, ends, axis=1)
        return ITERATIONS * len(table)

    def sample(self, rows, seed):
        rng = np.random.default_rng(seed)
        classes = rng.choice(len(self.weights), rows, p=self.weights / self.weights.sum())
        drawn = {}
        for column, chances in zip(self.columns, self.chances):
            edges = chances.cumsum(1)
            codes = np.empty(rows, int)
            for one in np.unique(classes):
                members = np.flatnonzero(classes == one)
                codes[members] = np.searchsorted(edges[one, :-1] / edges[one, -1], rng.random(len(members)), side="right")
            drawn[column.name] = column.values(codes, rng)
        return pd.DataFrame(drawn)


class Column:
    """A column as codes: of its values, or of the bins between its quantiles."""

    def __init__(self, name, values):
        self.name = name
        distinct, codes = np.unique(values.to_numpy(), return_inverse=True)
        if len(distinct) > MOST_VALUES and pd.api.types.is_float_dtype(values):
            codes = pd.qcut(values, BINS, labels=False, duplicates="drop").to_numpy()
            order = np.argsort(codes, kind="stable")
            self.sorted, self.starts = values.to_numpy()[order], np.searchsorted(codes[order], np.arange(codes.max() + 2))
        else:
            self.sorted, self.starts = distinct, np.arange(len(distinct) + 1)
        self.codes = codes
        self.count = len(self.starts) - 1

    def one_hot(self):
        return np.eye(self.count, dtype=np.float32)[self.codes]

    def values(self, codes, rng):
        sizes = np.diff(self.starts)[codes]
        return self.sorted[self.starts[codes] + (rng.random(len(codes)) * sizes).astype(int)]
