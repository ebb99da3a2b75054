"""PyTorch, one operation at a time."""

import torch
from problem import Problem, write
from serve import repeated, serve
from torch_networks import Networks
from torch_place import DEVICE, DTYPE
from tuning import described, fastest


class Run:
    def __init__(self, networks, threads=2, adam="fused", passes="merged", layout="contiguous"):
        torch.set_num_threads(threads)
        self.networks = networks
        self.merged = passes == "merged"
        channels_last = layout == "channels last"
        self.inputs = networks.inputs(channels_last)
        self.players = {player: networks.parameters(player) for player in ("generator", "critic")}
        for p in self.players.values():
            for name, values in p.items():
                if channels_last and values.dim() == 4:
                    p[name] = values.contiguous(memory_format=torch.channels_last)
                p[name].requires_grad_()
        self.left = networks.first_vectors()
        self.right = {}
        self.optimizers = {
            player: torch.optim.Adam(p.values(), 1e-4, betas=(0.5, 0.9), **{adam: True}) for player, p in self.players.items()
        }
        self.steps = 0

    def iterate(self):
        """One iteration; returns the last losses of the critic and of the generator."""
        step = self.inputs[self.steps % len(self.inputs)]
        self.steps += 1
        generator, critic_steps = self.players["generator"], len(step["real"])
        with torch.no_grad():
            latents = step["latent"][:critic_steps]
            if self.merged:
                fakes = self.networks.generate(generator, latents.flatten(0, 1)).chunk(critic_steps)
            else:
                fakes = [self.networks.generate(generator, latent) for latent in latents]
        for real, fake, epsilon in zip(step["real"], fakes, step["epsilon"]):
            critic_loss = self.critic_loss(real, fake, epsilon)
            self.update("critic", critic_loss)
        scores = self.networks.score(self.weights(), self.networks.generate(generator, step["latent"][critic_steps]))
        generator_loss = self.networks.generator_loss(scores)
        self.update("generator", generator_loss)
        return critic_loss.item(), generator_loss.item()

    def critic_loss(self, real, fake, epsilon):
        networks, critic = self.networks, self.players["critic"]
        if self.left:
            self.left, self.right = networks.iterated(critic, self.left)
        weights = self.weights()
        if self.merged:
            on_real, on_fake = networks.score(weights, torch.cat([real, fake])).chunk(2)
        else:
            on_real, on_fake = networks.score(weights, real), networks.score(weights, fake)
        loss = networks.critic_loss(on_real, on_fake)
        if networks.row["constraint"] != "gp":
            return loss
        between = networks.between(real, fake, epsilon).requires_grad_()
        (slope,) = torch.autograd.grad(networks.score(weights, between).sum(), between, create_graph=True)
        return loss + networks.penalty(slope)

    def weights(self):
        critic = self.players["critic"]
        return self.networks.normalised(critic, self.left, self.right) if self.left else critic

    def update(self, player, loss):
        self.optimizers[player].zero_grad(set_to_none=True)
        loss.backward(inputs=list(self.players[player].values()))
        self.optimizers[player].step()

    def save(self, path):
        write(
            path,
            {
                f"{player}.{name}": self.networks.from_torch(player, name, values)
                for player, p in self.players.items()
                for name, values in p.items()
            },
        )


def set_up(request):
    networks = Networks(Problem(request["problem"]))
    compared = Run(networks)
    losses = [compared.iterate() for _ in compared.inputs]
    compared.save(request["results"])
    if DTYPE == torch.float64:
        return {"losses": losses, "version": torch.__version__}, repeated(compared.iterate)
    options = {"passes": ["merged", "apart"]}
    if networks.images:
        options["layout"] = ["contiguous", "channels last"]
    else:
        options["adam"] = ["fused", "foreach"]
    if DEVICE.type == "cpu" and not networks.images:
        options["threads"] = [2, 1]
    settings, iterate = fastest(lambda **settings: Run(networks, **settings).iterate, options)
    return {"losses": losses, "settings": described(settings), "version": torch.__version__}, repeated(iterate)


def start(request):
    run = Run(Networks(Problem(request["problem"])))
    return {"losses": [run.iterate()]}, repeated(run.iterate)


serve(set_up, start)
