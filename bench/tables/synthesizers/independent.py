import numpy as np
import pandas as pd


class Independent:
    """Every column drawn by itself from the training rows: the floor, which knows of no column what another one says."""

    def fit(self, table, categories, seed, seconds):
        self.table = table
        return len(table)

    def sample(self, rows, seed):
        rng = np.random.default_rng(seed)
        return pd.DataFrame({name: rng.choice(self.table[name].to_numpy(), rows) for name in self.table})
