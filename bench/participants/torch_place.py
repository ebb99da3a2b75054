"""Where PyTorch computes and in which numbers: [--dtype float32] [--device cpu] [--tf32]"""

import argparse

import torch

parser = argparse.ArgumentParser()
parser.add_argument("--dtype", default="float32")
parser.add_argument("--device", default="cpu")
parser.add_argument("--tf32", action="store_true")
arguments = parser.parse_args()

DTYPE = getattr(torch, arguments.dtype)
DEVICE = torch.device(arguments.device)
torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = arguments.tf32
