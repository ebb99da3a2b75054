"""CTGAN and TVAE of the package ctgan (Business Source License: installed for this benchmark only), with the package's settings."""

from time import monotonic

import ctgan.synthesizers.ctgan
import ctgan.synthesizers.tvae
import torch


class OfPackage:
    """One of the package's two synthesizers, which trains for its 300 epochs, or to the end of the epoch in which `seconds` are over; these
    include the preparation of the data."""

    def fit(self, table, categories, seed, seconds):
        deadline = monotonic() + (seconds or float("inf"))
        epochs = 0

        def until_deadline(planned, **_):
            nonlocal epochs
            for epoch in planned:
                if monotonic() > deadline:
                    return
                yield epoch
                epochs += 1

        # The package has no hook between epochs but the progress bar around them.
        self.module.tqdm = until_deadline
        torch.manual_seed(seed)
        self.model = self.kind(enable_gpu=False)
        self.model.set_random_state(seed)
        self.model.fit(table, categories)
        return epochs * len(table)

    def sample(self, rows, seed):
        self.model.set_random_state(seed)
        return self.model.sample(rows)


class Ctgan(OfPackage):
    module = ctgan.synthesizers.ctgan
    kind = ctgan.synthesizers.ctgan.CTGAN


class Tvae(OfPackage):
    module = ctgan.synthesizers.tvae
    kind = ctgan.synthesizers.tvae.TVAE
