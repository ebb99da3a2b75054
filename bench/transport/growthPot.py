"""Solves one problem of growth.mjs, and prints its distance, seconds and most resident memory: growthPot.py dense|lazy A B DIMENSION"""

import json
import resource
import sys
from statistics import median
from time import process_time

import numpy as np
import ot

WARM_UPS = 30
WARM_UP_POINTS = 500
WARM_UP_SECONDS = 2
ROUNDS = 3
# No further round is begun after so many seconds.
ENOUGH_SECONDS = 10

costs, *files, dimension = sys.argv[1:]
a, b = (np.fromfile(file).reshape(-1, int(dimension)) for file in files)


def solve(a, b):
    if costs == "dense":
        return ot.emd2([], [], ot.dist(a, b, metric="euclidean"), numItermax=10**9)
    return ot.lp.emd2_lazy(a, b, metric="euclidean", numItermax=10**9, return_matrix=False)


def timed():
    started = process_time()
    cost = solve(a, b)
    return cost, process_time() - started


begun = process_time()
for _ in range(WARM_UPS):
    if process_time() - begun < WARM_UP_SECONDS:
        solve(a[:WARM_UP_POINTS], b[:WARM_UP_POINTS])
rounds = []
while len(rounds) < ROUNDS and sum(seconds for _, seconds in rounds) < ENOUGH_SECONDS:
    rounds.append(timed())
seconds = median(seconds for _, seconds in rounds)
most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"cost": float(rounds[0][0]), "seconds": seconds, "mebibytes": most}))
