"""Runs a command on two cores and writes what it took to a file: seconds, most resident memory in MiB, exit status.

    python measured.py FILE command argument ...
"""

import json
import os
import resource
import subprocess
import sys
from time import perf_counter

CORES = 2

out, *command = sys.argv[1:]
# Linux only; elsewhere the number of threads below has to do.
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])
started = perf_counter()
status = subprocess.run(command, env={**os.environ, "OMP_NUM_THREADS": str(CORES)}).returncode
seconds = perf_counter() - started
# Linux counts in KiB, macOS in bytes.
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / (1024 if sys.platform == "linux" else 1024**2)
with open(out, "w") as file:
    json.dump({"seconds": seconds, "peakMiB": peak, "status": status}, file)
sys.exit(status)
