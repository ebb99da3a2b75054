"""The line protocol of serve.mjs for participants written in Python."""

import json
import os
import sys
from time import perf_counter


def serve(set_up, start):
    """set_up(request) and start(request) return an answer and a function that runs a number of iterations."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what a library prints is no answer
    run = None
    for line in sys.stdin:
        request = json.loads(line)
        try:
            if request["do"] == "run":
                started = perf_counter()
                run(request["iterations"])
                answer = {"seconds": perf_counter() - started}
            else:
                answer, run = (start if request["do"] == "start" else set_up)(request)
        except Exception as error:
            answer = {"absent": f"{type(error).__name__}: {str(error).strip().split(chr(10))[0]}"}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


def repeated(iterate):
    """A function that runs a number of iterations."""

    def run(iterations):
        for _ in range(iterations):
            iterate()

    return run
