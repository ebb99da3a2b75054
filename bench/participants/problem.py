"""A row's problem file: what is trained, first values and inputs; and the file of results. Both are in the safetensors format."""

import json
import pathlib

import numpy


def read(path):
    """The tensors by name, as NumPy arrays, and the metadata."""
    content = pathlib.Path(path).read_bytes()
    start = 8 + int.from_bytes(content[:8], "little")
    header = json.loads(content[8:start])
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for name, entry in header.items():
        first, last = entry["data_offsets"]
        values = numpy.frombuffer(content[start + first : start + last], dtype="<f4")
        tensors[name] = values.reshape(entry["shape"]).copy()
    return tensors, metadata


def write(path, tensors):
    """float32 tensors by name."""
    header = {}
    bodies = []
    offset = 0
    for name, values in tensors.items():
        body = numpy.ascontiguousarray(values, dtype="<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": list(values.shape), "data_offsets": [offset, offset + len(body)]}
        bodies.append(body)
        offset += len(body)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    pathlib.Path(path).write_bytes(len(text).to_bytes(8, "little") + text + b"".join(bodies))


def under(tensors, prefix):
    """The tensors whose names begin with the prefix, by the rest of their names."""
    return {name[len(prefix) :]: values for name, values in tensors.items() if name.startswith(prefix)}


class Problem:
    """`row` as in rows.mjs, `generator`, `critic` and `buffers` by name in Monge's layouts, and `inputs`, one dict a step."""

    def __init__(self, path):
        tensors, metadata = read(path)
        self.row = json.loads(metadata["row"])
        self.generator = parameters(tensors, "generator")
        self.critic = parameters(tensors, "critic")
        self.buffers = under(tensors, "initial/critic.buffer.")
        steps = sorted({name.split("/")[1] for name in tensors if name.startswith("input/")})
        self.inputs = [under(tensors, f"input/{step}/") for step in steps]

    @property
    def levels(self):
        """How many convolutions a DCGAN has."""
        return sum(name.startswith("conv") and name.endswith(".weight") for name in self.critic)

    @property
    def layers(self):
        """How many layers an MLP has."""
        return len(self.critic) // 2


def parameters(tensors, player):
    found = under(tensors, f"initial/{player}.")
    return {name: values for name, values in found.items() if not name.startswith(("optimizer.", "buffer."))}
