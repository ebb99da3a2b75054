"""The line protocol of serve.mjs for participants written in Python."""

import json
import os
import sys
from time import perf_counter


def serve(set_up):
    """set_up(request) returns the answer to "set up" and a function that runs a number of iterations."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what a library prints is no answer
    run = None
    for line in sys.stdin:
        request = json.loads(line)
        try:
            if request["do"] == "set up":
                answer, run = set_up(request)
            else:
                started = perf_counter()
                run(request["iterations"])
                answer = {"seconds": perf_counter() - started}
        except Exception as error:
            answer = {"absent": f"{type(error).__name__}: {str(error).strip().splitlines()[0] if str(error) else ''}"}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()
