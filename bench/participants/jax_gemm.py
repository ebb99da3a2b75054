"""Chains of matrix products in JAX, each chain one compiled function."""

import os

os.environ["JAX_PLATFORMS"] = "cpu"

import jax
import numpy
from chain import operands
from serve import serve


def set_up(request):
    chain = request["chain"]
    random = numpy.random.default_rng(1)
    x, others = operands(chain, lambda *shape: jax.numpy.asarray(random.standard_normal(shape, "float32") / shape[0] ** 0.5))

    @jax.jit
    def multiply(y, others):
        for i in range(chain["count"]):
            other = others[i % len(others)]
            y = (y.T if chain["kind"] == "TN" else y) @ (other.T if chain["kind"] == "NT" else other)
        return y

    def repeat(iterations):
        for _ in range(iterations):
            y = multiply(x, others)
        jax.block_until_ready(y)

    repeat(1)
    return {"version": jax.__version__}, repeat


serve(set_up, set_up)
