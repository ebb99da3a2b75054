"""The networks, losses and constraints of a row in PyTorch: functions of parameters by name, in PyTorch's own layouts (NCHW)."""

import numpy
import torch
import torch.nn.functional as F
from problem import Problem
from torch_place import DEVICE, DTYPE

# Monge's kernels are [out, height, width, in], those of transposed convolutions [in, height, width, out].
CHANNELS_TO_AXIS_1 = (0, 3, 1, 2)
CHANNELS_TO_AXIS_3 = (0, 2, 3, 1)


class Networks:
    def __init__(self, problem: Problem):
        self.problem = problem
        self.row = problem.row
        self.images = self.row["network"] == "dcgan"
        if self.images:
            size = self.row["sample"][0]
            self.base = size // 2**problem.levels
            channels = self.row["width"] * 2 ** (problem.levels - 1)
            places = numpy.arange(self.base**2 * channels).reshape(self.base, self.base, channels)
            # For each place of a flattened NCHW sample, its place in the flattened NHWC one.
            self.order = places.transpose(2, 0, 1).ravel()

    def parameters(self, player):
        """First values of "generator" or "critic"."""
        values = getattr(self.problem, player)
        return {name: self.tensor(self.to_torch(player, name, value)) for name, value in values.items()}

    def tensor(self, values):
        return torch.tensor(values, dtype=DTYPE, device=DEVICE)

    def to_torch(self, player, name, values):
        if values.ndim == 4:
            return numpy.ascontiguousarray(values.transpose(CHANNELS_TO_AXIS_1))
        if name.startswith("dense") and self.images:
            if player == "generator":
                values = values[..., self.order]
            elif name == "dense.weight":
                values = values[self.order]
        return numpy.ascontiguousarray(values.T)

    def from_torch(self, player, name, tensor):
        values = tensor.detach().cpu().numpy()
        if values.ndim == 4:
            return values.transpose(CHANNELS_TO_AXIS_3)
        values = values.T
        if name.startswith("dense") and self.images:
            back = numpy.argsort(self.order)
            if player == "generator":
                values = values[..., back]
            elif name == "dense.weight":
                values = values[back]
        return values

    def inputs(self, channels_last=False):
        """A dict of tensors for each step."""
        return [{name: self.batch(name, values, channels_last) for name, values in step.items()} for step in self.problem.inputs]

    def batch(self, name, values, channels_last):
        tensor = self.tensor(values)
        if name != "real" or not self.images:
            return tensor
        pixels = tensor.permute(0, 1, 4, 2, 3)
        if not channels_last:
            return pixels.contiguous()
        return torch.stack([batch.contiguous(memory_format=torch.channels_last) for batch in pixels])

    def generate(self, p, z):
        if not self.images:
            return self.mlp(p, z)
        x = F.linear(z, p["dense.weight"], p["dense.bias"]).reshape(z.shape[0], -1, self.base, self.base)
        for level in range(1, self.problem.levels + 1):
            x = F.conv_transpose2d(F.relu(x), p[f"up{level}.weight"], p[f"up{level}.bias"], stride=2, padding=1)
        return torch.tanh(x)

    def score(self, p, x):
        if not self.images:
            return self.mlp(p, x)
        for level in range(1, self.problem.levels + 1):
            x = F.conv2d(x, p[f"conv{level}.weight"], p[f"conv{level}.bias"], stride=2, padding=1)
            x = F.leaky_relu(x, 0.2)
        return F.linear(x.flatten(1), p["dense.weight"], p["dense.bias"])

    def mlp(self, p, x):
        for layer in range(1, self.problem.layers):
            x = F.relu(F.linear(x, p[f"dense{layer}.weight"], p[f"dense{layer}.bias"]))
        return F.linear(x, p[f"dense{self.problem.layers}.weight"], p[f"dense{self.problem.layers}.bias"])

    def critic_loss(self, real, fake):
        if self.row["loss"] == "bce":
            return F.softplus(-real).mean() + F.softplus(fake).mean()
        return fake.mean() - real.mean()

    def generator_loss(self, fake):
        return -F.softplus(fake).mean() if self.row["loss"] == "bce" else -fake.mean()

    def between(self, real, fake, epsilon):
        share = epsilon.reshape(-1, *[1] * (real.dim() - 1))
        return share * real + (1 - share) * fake

    def penalty(self, slope):
        norms = (slope.flatten(1).square().sum(1) + 1e-12).sqrt()
        return self.row["lambda"] * (norms - 1).square().mean()

    def first_vectors(self):
        """Spectral normalisation: the first left singular vector of each weight as a matrix of Monge's first axis against the others."""
        found = {}
        for name, values in self.problem.buffers.items():
            weight, side = name.rsplit(".", 1)
            if side == "u":
                vector = values[0][self.order] if weight == "dense.weight" and self.images else values[0]
                found[weight] = self.tensor(vector)
        return found

    def iterated(self, p, vectors):
        """One power iteration: the next left vectors u, and the right vectors v."""
        left, right = {}, {}
        for name, u in vectors.items():
            matrix = as_matrix(p[name].detach())
            right[name] = F.normalize(u @ matrix, dim=0, eps=1e-12)
            left[name] = F.normalize(matrix @ right[name], dim=0, eps=1e-12)
        return left, right

    def normalised(self, p, left, right):
        """Every weight over u W v."""
        used = dict(p)
        for name, u in left.items():
            used[name] = p[name] / (u @ as_matrix(p[name]) @ right[name])
        return used


def as_matrix(weight):
    return weight.flatten(1) if weight.dim() == 4 else weight.T
