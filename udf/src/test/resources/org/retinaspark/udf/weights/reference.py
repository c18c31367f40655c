"""Makes the golden files beside it: python3 reference.py (torch 2, numpy 2, safetensors 0.5 or later).

The same tensors in every format that RetinaSpark reads, written by the formats' own libraries, and in expected.txt what those
libraries read back: name, shape (lengths with x between), values as float32, least digits that are exact. A file's own list of
tensors stands after its name. hostile_*: files that run code where pickle.load reads them.
"""

import io
import os
import pickle
import zipfile
from collections import OrderedDict
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file

HERE = Path(__file__).parent
torch.manual_seed(20260101)
expected = []


def expect(file, tensors):
    expected.append(f"file {file}")
    for name, tensor in tensors.items():
        array = (tensor.detach().float().numpy() if isinstance(tensor, torch.Tensor) else tensor.astype(np.float32))
        shape = "x".join(map(str, array.shape)) or "scalar"
        values = " ".join(np.format_float_scientific(value, unique=True) for value in array.reshape(-1))
        expected.append(f"{name} {shape} {values}")


def contiguous():
    return OrderedDict(
        float32=torch.randn(2, 3, 2, 1),
        float64=torch.randn(3, dtype=torch.float64),
        float16=torch.tensor([1.5, -0.0, 65504, 6e-8, 6.1e-5, float("inf"), -float("inf"), float("nan")]).half(),
        bfloat16=torch.tensor([1.5, -3.1415927, 1e38, 1e-40, float("inf"), float("nan")]).bfloat16(),
        int64=torch.tensor(1234567890123),
        int32=torch.tensor([-7, 7], dtype=torch.int32),
        int16=torch.tensor([-300, 300], dtype=torch.int16),
        int8=torch.tensor([-8, 8], dtype=torch.int8),
        uint8=torch.tensor([0, 200], dtype=torch.uint8),
        bool=torch.tensor([True, False]),
        empty=torch.zeros(0, 4),
    )


def views():
    base = torch.randn(4, 6)
    return OrderedDict(
        base=base,
        transposed=base.t(),
        rows=base[1:3],
        every_second=base[::2, 1::2],
        one=base[3, 4],
        parameter=torch.nn.Parameter(torch.randn(2, 2)),
        alone=torch.randn(3),
    )


def loaded(file):
    return torch.load(HERE / file, weights_only=True)


def swapped(source, target):
    """A file as a big-endian machine writes it: storages and the name of the order, nothing else."""
    sizes = {"float64": 8, "int64": 8, "float32": 4, "int32": 4, "float16": 2, "bfloat16": 2, "int16": 2}
    kinds = [str(tensor.dtype).split(".")[1] for tensor in loaded(source).values()]
    with zipfile.ZipFile(HERE / source) as old, zipfile.ZipFile(HERE / target, "w") as new:
        for member in old.infolist():
            content = old.read(member)
            folder, _, rest = member.filename.partition("/")
            if rest == "byteorder":
                content = b"big"
            elif rest.startswith("data/"):
                size = sizes.get(kinds[int(rest[5:])], 1)
                content = np.frombuffer(content, f"V{size}").view(f"u{size}").byteswap().tobytes()
            new.writestr(zipfile.ZipInfo(f"{folder}/{rest}"), content)


def save(file, thing, tensors=None, **how):
    torch.save(thing, HERE / file, **how)
    expect(file, tensors or loaded(file))


save("contiguous_zip.pth", contiguous())
save("contiguous_legacy.pth", contiguous(), _use_new_zipfile_serialization=False)
save("views_zip.pth", views())
save("views_legacy.pth", views(), _use_new_zipfile_serialization=False)
swapped("contiguous_zip.pth", "contiguous_big_endian.pth")
expect("contiguous_big_endian.pth", loaded("contiguous_big_endian.pth"))

layer = torch.nn.Sequential(torch.nn.Conv2d(2, 2, 1), torch.nn.BatchNorm2d(2))
optimiser = torch.optim.SGD(layer.parameters(), lr=0.1, momentum=0.9)
layer(torch.randn(1, 2, 2, 2)).sum().backward()
optimiser.step()
state = OrderedDict(("module." + name, tensor) for name, tensor in layer.state_dict().items())
checkpoint = {"epoch": 3, "state_dict": state, "optimizer": optimiser.state_dict(), "best": 0.5, "done": None}
save("checkpoint.pth", checkpoint, state)
plain = layer.state_dict()
save("module_legacy.pth", plain, plain, _use_new_zipfile_serialization=False)

save_file({name: tensor.contiguous() for name, tensor in contiguous().items()}, HERE / "contiguous.safetensors", {"format": "pt"})
expect("contiguous.safetensors", load_file(HERE / "contiguous.safetensors"))

arrays = {
    "float32": np.random.default_rng(1).standard_normal((2, 3, 2), np.float32),
    "columns": np.asfortranarray(np.random.default_rng(2).standard_normal((3, 4))),
    "big": np.arange(6, dtype=">f4").reshape(2, 3) / 3,
    "float16": np.array([0.1, -2.5], np.float16),
    "int64": np.array(42),
    "int8": np.array([[-1], [1]], np.int8),
    "bool": np.array([True, False]),
    "deep/name.weight": np.array([1.0]),
}
np.savez(HERE / "plain.npz", **arrays)
np.savez_compressed(HERE / "packed.npz", **arrays)
for file in ("plain.npz", "packed.npz"):
    with np.load(HERE / file) as read:
        expect(file, dict(read))
with zipfile.ZipFile(HERE / "versions.npz", "w") as archive:
    for version in ((1, 0), (2, 0), (3, 0)):
        content = io.BytesIO()
        np.lib.format.write_array(content, arrays["float32"] * version[0], version)
        archive.writestr(f"v{version[0]}.npy", content.getvalue())
with np.load(HERE / "versions.npz") as read:
    expect("versions.npz", dict(read))
(HERE / "expected.txt").write_text("\n".join(expected) + "\n")


class Runs:
    def __init__(self, function, *arguments):
        self.made_of = function, arguments

    def __reduce__(self):
        return self.made_of


for legacy in (False, True):
    kind = "legacy" if legacy else "zip"
    thing = OrderedDict(weight=torch.randn(2), other=Runs(os.system, "true"))
    torch.save(thing, HERE / f"hostile_system_{kind}.pth", _use_new_zipfile_serialization=not legacy)
torch.save(Runs(eval, "1 + 1"), HERE / "hostile_eval.pth")
torch.save(torch.nn.Linear(2, 2), HERE / "hostile_module.pth")
torch.save(contiguous(), HERE / "hostile_protocol_4.pth", pickle_protocol=4)
np.savez(HERE / "hostile_object.npz", thing=np.array([{"a": 1}], dtype=object))
torch.jit.save(torch.jit.script(torch.nn.Linear(2, 2)), HERE / "hostile_program.pth")
(HERE / "hostile_bare.pkl").write_bytes(pickle.dumps({"weight": [1.0]}, protocol=2))
