"""PyTorch with torch.compile: an update of the critic and one of the generator, gradients and Adam included, are one graph each."""

import torch
from problem import Problem, write
from serve import repeated, serve
from torch_networks import Networks
from torch_place import DEVICE
from tuning import described, fastest

RATE, BETA1, BETA2, EPSILON = 1e-4, 0.5, 0.9, 1e-8


class Run:
    def __init__(self, networks, functions, threads=2, layout="contiguous"):
        torch.set_num_threads(threads)  # a new number compiles anew
        self.networks, self.functions = networks, functions
        channels_last = layout == "channels last"
        self.inputs = networks.inputs(channels_last)
        self.players = {}
        for player in ("generator", "critic"):
            p = networks.parameters(player)
            if channels_last:
                p = {name: nhwc(values) for name, values in p.items()}
            zeros = {name: torch.zeros_like(values) for name, values in p.items()}
            self.players[player] = p, zeros, {name: values.clone() for name, values in zeros.items()}
        self.left = networks.first_vectors()
        self.right = {name: torch.zeros(0, device=DEVICE) for name in self.left}
        self.updates = {"generator": 0, "critic": 0}
        self.steps = 0

    def iterate(self):
        step = self.inputs[self.steps % len(self.inputs)]
        self.steps += 1
        critic_steps = len(step["real"])
        fakes = self.functions["generate"](self.players["generator"][0], step["latent"][:critic_steps].flatten(0, 1))
        for real, fake, epsilon in zip(step["real"], fakes.chunk(critic_steps), step["epsilon"]):
            critic_loss, self.players["critic"], self.left, self.right = self.functions["critic"](
                self.players["critic"], self.left, real, fake, epsilon, self.rates("critic")
            )
        generator_loss, self.players["generator"] = self.functions["generator"](
            self.players["generator"],
            self.players["critic"][0],
            self.left,
            self.right,
            step["latent"][critic_steps],
            self.rates("generator"),
        )
        return critic_loss.item(), generator_loss.item()

    def rates(self, player):
        """Adam's factors for the next update, as a tensor: numbers would be compiled in."""
        self.updates[player] += 1
        t = self.updates[player]
        root = (1 - BETA2**t) ** 0.5
        return torch.tensor([RATE * root / (1 - BETA1**t), EPSILON * root]).to(DEVICE, non_blocking=True)

    def save(self, path):
        write(
            path,
            {
                f"{player}.{name}": self.networks.from_torch(player, name, values)
                for player, (p, _, _) in self.players.items()
                for name, values in p.items()
            },
        )


def functions(networks):
    """The compiled functions that a step calls."""

    def critic(player, left, real, fake, epsilon, rates):
        p, m, v = player
        right = {}
        if left:
            left, right = networks.iterated(p, left)

        def loss(p):
            weights = networks.normalised(p, left, right) if left else p
            on_real, on_fake = networks.score(weights, torch.cat([real, fake])).chunk(2)
            adversarial = networks.critic_loss(on_real, on_fake)
            if networks.row["constraint"] != "gp":
                return adversarial
            between = networks.between(real, fake, epsilon)
            slope = torch.func.grad(lambda x: networks.score(weights, x).sum())(between)
            return adversarial + networks.penalty(slope)

        gradient, value = torch.func.grad_and_value(loss)(p)
        return value, adam(p, m, v, gradient, rates), left, right

    def generator(player, critic, left, right, latent, rates):
        p, m, v = player
        weights = networks.normalised(critic, left, right) if left else critic
        loss = lambda p: networks.generator_loss(networks.score(weights, networks.generate(p, latent)))
        gradient, value = torch.func.grad_and_value(loss)(p)
        return value, adam(p, m, v, gradient, rates)

    compiled = {"generate": networks.generate, "critic": critic, "generator": generator}
    return {name: torch.no_grad()(torch.compile(function, fullgraph=True)) for name, function in compiled.items()}


def adam(p, m, v, gradient, rates):
    m = {name: BETA1 * m[name] + (1 - BETA1) * g for name, g in gradient.items()}
    v = {name: BETA2 * v[name] + (1 - BETA2) * g * g for name, g in gradient.items()}
    p = {name: values - rates[0] * m[name] / (v[name].sqrt() + rates[1]) for name, values in p.items()}
    return p, m, v


def nhwc(values):
    return values.contiguous(memory_format=torch.channels_last) if values.dim() == 4 else values


def options(images):
    """Settings of which the fastest are found out; each compiles anew, and the compiler chooses a layout for a GPU itself."""
    if DEVICE.type != "cpu":
        return {}
    return {"layout": ["contiguous", "channels last"]} if images else {"threads": [2, 1]}


def set_up(request):
    networks = Networks(Problem(request["problem"]))
    compiled = functions(networks)
    compared = Run(networks, compiled)
    losses = [compared.iterate() for _ in compared.inputs]
    compared.save(request["results"])
    settings, iterate = fastest(lambda **settings: Run(networks, compiled, **settings).iterate, options(networks.images))
    return {"losses": losses, "settings": described(settings), "version": torch.__version__}, repeated(iterate)


def start(request):
    networks = Networks(Problem(request["problem"]))
    run = Run(networks, functions(networks))
    return {"losses": [run.iterate()]}, repeated(run.iterate)


serve(set_up, start)
