"""Runs a command on two cores and writes to file descriptor 3 what it took: seconds, and the most resident memory in MiB.

    python measured.py command argument ... 3>FILE
"""

import json
import os
import resource
import signal
import subprocess
import sys
from time import perf_counter

CORES = 2

# Linux only; elsewhere the number of threads below has to do.
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])
started = perf_counter()
process = subprocess.Popen(sys.argv[1:], env={**os.environ, "OMP_NUM_THREADS": str(CORES)})
signal.signal(signal.SIGTERM, lambda *_: process.terminate())
status = process.wait()
seconds = perf_counter() - started
# Linux counts in KiB, macOS in bytes.
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / (1024 if sys.platform == "linux" else 1024**2)
with os.fdopen(3, "w") as out:
    json.dump({"seconds": seconds, "peakMiB": peak}, out)
sys.exit(status)
