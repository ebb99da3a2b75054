"""JAX: a whole iteration, five updates of the critic and one of the generator with Adam, is one compiled function that owns its state."""

import functools
import os

os.environ["JAX_PLATFORMS"] = "cpu"

import jax
import jax.numpy as jnp
import numpy
from jax import lax
from problem import Problem, write
from serve import serve
from tuning import described, fastest

RATE, BETA1, BETA2, EPSILON = 1e-4, 0.5, 0.9, 1e-8
NHWC = ("NHWC", "HWIO", "NHWC")


class Networks:
    """The networks of a row as functions of parameters by name; kernels are [height, width, in, out]."""

    def __init__(self, problem):
        self.problem, self.row = problem, problem.row
        self.images = self.row["network"] == "dcgan"

    def parameters(self, player):
        return {name: jnp.asarray(to_jax(name, values)) for name, values in getattr(self.problem, player).items()}

    def generate(self, p, z):
        if not self.images:
            return self.mlp(p, z)
        base = self.row["sample"][0] // 2**self.problem.levels
        x = (z @ p["dense.weight"] + p["dense.bias"]).reshape(z.shape[0], base, base, -1)
        for level in range(1, self.problem.levels + 1):
            # Transposed: of an image with zeros between its pixels. The kernel is stored turned.
            x = lax.conv_general_dilated(
                jax.nn.relu(x), p[f"up{level}.weight"], (1, 1), ((2, 2), (2, 2)), lhs_dilation=(2, 2), dimension_numbers=NHWC
            )
            x = x + p[f"up{level}.bias"]
        return jnp.tanh(x)

    def score(self, p, x):
        if not self.images:
            return self.mlp(p, x)
        for level in range(1, self.problem.levels + 1):
            x = lax.conv_general_dilated(x, p[f"conv{level}.weight"], (2, 2), ((1, 1), (1, 1)), dimension_numbers=NHWC)
            x = jax.nn.leaky_relu(x + p[f"conv{level}.bias"], 0.2)
        return x.reshape(x.shape[0], -1) @ p["dense.weight"] + p["dense.bias"]

    def mlp(self, p, x):
        for layer in range(1, self.problem.layers):
            x = jax.nn.relu(x @ p[f"dense{layer}.weight"] + p[f"dense{layer}.bias"])
        return x @ p[f"dense{self.problem.layers}.weight"] + p[f"dense{self.problem.layers}.bias"]

    def critic_loss(self, p, left, right, real, fake, epsilon):
        weights = normalised(p, left, right)
        on_real, on_fake = jnp.split(self.score(weights, jnp.concatenate([real, fake])), 2)
        if self.row["loss"] == "bce":
            loss = jax.nn.softplus(-on_real).mean() + jax.nn.softplus(on_fake).mean()
        else:
            loss = on_fake.mean() - on_real.mean()
        if self.row["constraint"] != "gp":
            return loss
        share = epsilon.reshape(-1, *[1] * (real.ndim - 1))
        slope = jax.grad(lambda x: self.score(weights, x).sum())(share * real + (1 - share) * fake)
        norms = jnp.sqrt(jnp.square(slope).reshape(real.shape[0], -1).sum(1) + 1e-12)
        return loss + self.row["lambda"] * jnp.square(norms - 1).mean()

    def generator_loss(self, p, weights, latent):
        scores = self.score(weights, self.generate(p, latent))
        return -jax.nn.softplus(scores).mean() if self.row["loss"] == "bce" else -scores.mean()


def to_jax(name, values):
    if name.startswith("conv") and values.ndim == 4:
        return values.transpose(1, 2, 3, 0)
    if name.startswith("up") and values.ndim == 4:
        return values[:, ::-1, ::-1].transpose(1, 2, 0, 3)
    return values


def from_jax(name, values):
    values = numpy.asarray(values)
    if name.startswith("conv") and values.ndim == 4:
        return values.transpose(3, 0, 1, 2)
    if name.startswith("up") and values.ndim == 4:
        return values.transpose(2, 0, 1, 3)[:, ::-1, ::-1]
    return values


def as_matrix(weight):
    """As Monge has it: the first axis against the others; of a kernel, the last."""
    return weight if weight.ndim == 2 else weight.reshape(-1, weight.shape[-1]).T


def iterated(p, vectors):
    """One power iteration of spectral normalisation: the next left vectors u, and the right vectors v."""
    left, right = {}, {}
    for name, u in vectors.items():
        matrix = lax.stop_gradient(as_matrix(p[name]))
        right[name] = unit(u @ matrix)
        left[name] = unit(matrix @ right[name])
    return left, right


def unit(x):
    return x / jnp.sqrt(jnp.square(x).sum() + 1e-24)


def normalised(p, left, right):
    return p | {name: p[name] / (u @ as_matrix(p[name]) @ right[name]) for name, u in left.items()}


def adam(player, gradient):
    p, m, v, t = player
    t = t + 1
    root = jnp.sqrt(1 - BETA2**t)
    m = {name: BETA1 * m[name] + (1 - BETA1) * g for name, g in gradient.items()}
    v = {name: BETA2 * v[name] + (1 - BETA2) * g * g for name, g in gradient.items()}
    rate = RATE * root / (1 - BETA1**t)
    p = {name: p[name] - rate * m[name] / (jnp.sqrt(v[name]) + EPSILON * root) for name in p}
    return p, m, v, t


def iteration(networks, loop):
    """The compiled iteration; the critic's updates are unrolled or scanned."""

    def update_critic(carried, batch):
        player, left = carried
        left, right = iterated(player[0], left)
        loss, gradient = jax.value_and_grad(networks.critic_loss)(player[0], left, right, *batch)
        return (adam(player, gradient), left), (loss, right)

    @functools.partial(jax.jit, donate_argnums=0)
    def iterate(state, real, latent, epsilon):
        generator, critic, left = state
        steps, batch = real.shape[:2]
        fakes = networks.generate(generator[0], latent[:steps].reshape(steps * batch, -1)).reshape(real.shape)
        carried, (losses, rights) = lax.scan(
            update_critic, (critic, left), (real, fakes, epsilon), unroll=steps if loop == "unrolled" else 1
        )
        critic, left = carried
        right = {name: vectors[-1] for name, vectors in rights.items()}
        weights = normalised(critic[0], left, right)
        loss, gradient = jax.value_and_grad(networks.generator_loss)(generator[0], weights, latent[steps])
        return (adam(generator, gradient), critic, left), (losses[-1], loss)

    return iterate


class Run:
    def __init__(self, networks, loop):
        self.inputs = [{name: jnp.asarray(values) for name, values in step.items()} for step in networks.problem.inputs]
        self.step = iteration(networks, loop)
        buffers = networks.problem.buffers.items()
        left = {name[:-2]: jnp.asarray(values[0]) for name, values in buffers if name.endswith(".u")}
        self.state = (*(optimised(networks.parameters(player)) for player in ("generator", "critic")), left)
        self.steps = 0

    def iterate(self):
        step = self.inputs[self.steps % len(self.inputs)]
        self.steps += 1
        self.state, losses = self.step(self.state, **step)
        return losses

    def iterate_to_end(self):
        return [float(loss) for loss in self.iterate()]

    def repeat(self, iterations):
        for _ in range(iterations):
            losses = self.iterate()
        jax.block_until_ready(losses)

    def save(self, path):
        players = zip(("generator", "critic"), self.state)
        write(path, {f"{player}.{name}": from_jax(name, values) for player, (p, *_) in players for name, values in p.items()})


def optimised(p):
    """A player's parameters and Adam's state."""
    return p, zeros(p), zeros(p), jnp.zeros(())


def zeros(p):
    return {name: jnp.zeros_like(values) for name, values in p.items()}


def set_up(request):
    networks = Networks(Problem(request["problem"]))
    compared = Run(networks, "scan")
    losses = [compared.iterate_to_end() for _ in compared.inputs]
    compared.save(request["results"])

    @functools.cache
    def compiled(loop):
        return Run(networks, loop)

    settings, _ = fastest(lambda loop: compiled(loop).iterate_to_end, {"loop": ["scan", "unrolled"]})
    answer = {"losses": losses, "settings": described(settings), "version": jax.__version__}
    return answer, compiled(settings["loop"]).repeat


def start(request):
    run = Run(Networks(Problem(request["problem"])), "scan")
    return {"losses": [run.iterate_to_end()]}, run.repeat


serve(set_up, start)
