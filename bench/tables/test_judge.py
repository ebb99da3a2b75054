"""python -m unittest discover bench/tables: the judge at its ceiling and at its floor, on tables whose answers are known."""

import unittest

import numpy as np
import pandas as pd

from judge import judge


def people(count, seed):
    """Two numbers and two categories that hang together."""
    rng = np.random.default_rng(seed)
    age = rng.normal(40, 10, count).clip(25, 55)
    income = (2 * age + rng.normal(0, 5, count)).clip(50, 110)
    rich = np.where(income + rng.normal(0, 5, count) > 90, "yes", "no")
    town = np.where(rng.random(count) < 1 / (1 + np.exp((40 - age) / 5)), "Bern", "Basel")
    return pd.DataFrame({"age": age, "income": income, "town": town, "rich": rich})


def independent(table, seed):
    rng = np.random.default_rng(seed)
    return pd.DataFrame({name: rng.permutation(table[name]) for name in table})


class Judge(unittest.TestCase):
    train, test = people(3000, 1), people(1500, 2)

    def test_real_rows_reach_the_ceiling(self):
        found = judge(self.train, self.test, people(3000, 3), "rich")
        for name in ("shape", "trend", "strongTrend"):
            self.assertGreater(found[name], 0.96, name)
        for name in ("detection", "logisticDetection"):
            self.assertGreater(found[name], 0.9, name)
        self.assertAlmostEqual(found["auc"], found["realAuc"], delta=0.02)
        self.assertAlmostEqual(found["f1"], found["realF1"], delta=0.04)
        self.assertAlmostEqual(found["dcrShare"], 0.5, delta=0.04)
        self.assertAlmostEqual(found["copies"], found["repeats"], delta=0.02)

    def test_independent_columns_fool_shape_and_nothing_else(self):
        found = judge(self.train, self.test, independent(self.train, 4), "rich")
        self.assertGreater(found["shape"], 0.99)
        self.assertLess(found["strongTrend"], 0.8)
        self.assertLess(found["detection"], 0.3)
        self.assertGreater(found["logisticDetection"], 0.9)
        self.assertAlmostEqual(found["auc"], 0.5, delta=0.15)
        self.assertGreater(found["realAuc"], 0.9)

    def test_copies_are_seen(self):
        found = judge(self.train, self.test, self.train, "income", only=["utility", "privacy"])
        self.assertEqual(found["copies"], 1)
        # Rows at the bounds of both numbers are alike.
        self.assertAlmostEqual(found["repeats"], 0.065, delta=0.02)
        # Half of the training rows stand in the sample of training rows that the test rows are compared with.
        self.assertAlmostEqual(found["dcrShare"], 0.75, delta=0.03)
        self.assertEqual(found["r2"], found["realR2"])
        self.assertGreater(found["r2"], 0.85)

    def test_gaps_and_a_class_that_is_never_made(self):
        gapped = people(3000, 5)
        gapped.loc[::7, "age"] = np.nan
        gapped["rich"] = "no"
        found = judge(gapped.assign(rich=self.train["rich"]), self.test, gapped, "rich")
        self.assertEqual(found["auc"], 0.5)
        self.assertLess(found["detection"], 0.6)

    def test_the_order_of_rows_does_not_matter(self):
        made = people(3000, 6)
        ordered = judge(self.train, self.test, made.sort_values("age"), "rich", only=["detection"])
        self.assertGreater(ordered["detection"], 0.9)

    def test_one_extreme_value_moves_no_bins(self):
        made = people(3000, 7)[["income", "town"]]
        made.loc[0, "income"] = 1e9
        found = judge(self.train[["income", "town"]], self.test, made, None, only=["quality"])
        self.assertGreater(found["trend"], 0.95)


if __name__ == "__main__":
    unittest.main()
