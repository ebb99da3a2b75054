"""A large matrix product in PyTorch."""

import torch
from serve import repeated, serve


def set_up(request):
    torch.set_num_threads(2)
    size = request["size"]
    a, b = torch.randn(size, size), torch.randn(size, size)
    return {"version": torch.__version__}, repeated(lambda: a @ b)


serve(set_up, set_up)
