"""Solves one problem of growth.mjs, and prints its distance, seconds and most resident memory: growthPot.py dense|lazy A B DIMENSION"""

import json
import resource
import sys
from time import process_time

import numpy as np
import ot

costs, *files, dimension = sys.argv[1:]
a, b = (np.fromfile(file).reshape(-1, int(dimension)) for file in files)
started = process_time()
if costs == "dense":
    cost = ot.emd2([], [], ot.dist(a, b, metric="euclidean"), numItermax=10**9)
else:
    cost = ot.lp.emd2_lazy(a, b, metric="euclidean", numItermax=10**9, return_matrix=False)
seconds = process_time() - started
most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"cost": float(cost), "seconds": seconds, "mebibytes": most}))
