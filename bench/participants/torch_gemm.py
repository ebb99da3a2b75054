"""Chains of matrix products in PyTorch."""

import torch
from chain import operands
from serve import repeated, serve


def set_up(request):
    torch.set_num_threads(2)
    chain = request["chain"]
    x, others = operands(chain, lambda *shape: torch.randn(*shape) / shape[0] ** 0.5)

    def multiply():
        y = x
        for i in range(chain["count"]):
            other = others[i % len(others)]
            y = (y.T if chain["kind"] == "TN" else y) @ (other.T if chain["kind"] == "NT" else other)
        return y

    return {"version": torch.__version__}, repeated(multiply)


serve(set_up, set_up)
