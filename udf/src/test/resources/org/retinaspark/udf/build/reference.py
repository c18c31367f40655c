"""Makes the golden files beside it: python3 reference.py (torch 2 and the torchvision that goes with it).

The networks of biubug6/Pytorch_Retinaface in PyTorch, written from the description of its models/retinaface.py and models/net.py,
with torchvision's ResNet-50 in its IntermediateLayerGetter. <network>.txt: name and shape of each tensor of the state dict, in its
order. <network>.f32: what the network gives for one input of 64 x 96: boxes, classes (probabilities) and landmarks of all anchors,
little-endian float32. Weights and input are numbers that a hash makes of name and index, so that nobody has to store them.
yakhyo_mobilenet025.txt: the names of yakhyo/retinaface-pytorch, whose layers are torchvision's Conv2dNormActivation.
"""

import math
import zlib
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F
from torchvision.models import resnet50
from torchvision.models._utils import IntermediateLayerGetter
from torchvision.ops import Conv2dNormActivation

HERE = Path(__file__).parent
HEIGHT, WIDTH = 64, 96
PIXELS = 64  # the first convolution divides by it what is as large as pixels


def layer(inputs, outputs, kernel, stride=1, groups=1, slope=None):
    parts = [nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False), nn.BatchNorm2d(outputs)]
    return nn.Sequential(*parts, *([] if slope is None else [nn.LeakyReLU(slope)]))


def activation(inputs, outputs, kernel, stride=1, groups=1, slope=None):
    """The same layer as torchvision builds it."""
    chosen = None if slope is None else lambda inplace: nn.LeakyReLU(slope)
    return Conv2dNormActivation(inputs, outputs, kernel, stride, groups=groups, activation_layer=chosen)


class MobileNet(nn.Module):
    def __init__(self, make):
        super().__init__()
        nested = make is activation

        def block(inputs, outputs, stride):
            depthwise = make(inputs, inputs, 3, stride, inputs, 0.1)
            pointwise = make(inputs, outputs, 1, 1, 1, 0.1)
            return nn.Sequential(depthwise, pointwise) if nested else nn.Sequential(*depthwise, *pointwise)

        self.stage1 = nn.Sequential(
            make(3, 8, 3, 2, 1, 0.1), block(8, 16, 1), block(16, 32, 2), block(32, 32, 1), block(32, 64, 2), block(64, 64, 1))
        self.stage2 = nn.Sequential(block(64, 128, 2), *(block(128, 128, 1) for _ in range(5)))
        self.stage3 = nn.Sequential(block(128, 256, 2), block(256, 256, 1))


class Ssh(nn.Module):
    def __init__(self, channels, make):
        super().__init__()
        slope = 0.1 if channels <= 64 else 0
        self.conv3X3 = make(channels, channels // 2, 3)
        self.conv5X5_1 = make(channels, channels // 4, 3, slope=slope)
        self.conv5X5_2 = make(channels // 4, channels // 4, 3)
        self.conv7X7_2 = make(channels // 4, channels // 4, 3, slope=slope)
        self.conv7x7_3 = make(channels // 4, channels // 4, 3)

    def forward(self, level):
        shared = self.conv5X5_1(level)
        return F.relu(torch.cat([self.conv3X3(level), self.conv5X5_2(shared), self.conv7x7_3(self.conv7X7_2(shared))], 1))


class Pyramid(nn.Module):
    def __init__(self, inputs, channels, make):
        super().__init__()
        slope = 0.1 if channels <= 64 else 0
        for number, width in enumerate(inputs, 1):
            setattr(self, f"output{number}", make(width, channels, 1, slope=slope))
        self.merge1 = make(channels, channels, 3, slope=slope)
        self.merge2 = make(channels, channels, 3, slope=slope)

    def forward(self, maps):
        fine, middle, coarse = self.output1(maps[0]), self.output2(maps[1]), self.output3(maps[2])
        middle = self.merge2(middle + F.interpolate(coarse, size=middle.shape[2:], mode="nearest"))
        fine = self.merge1(fine + F.interpolate(middle, size=fine.shape[2:], mode="nearest"))
        return fine, middle, coarse


class Head(nn.Module):
    def __init__(self, channels, values):
        super().__init__()
        self.conv1x1 = nn.Conv2d(channels, 2 * values, 1)


class Reference(nn.Module):
    def __init__(self, body, widths, channels):
        super().__init__()
        self.body = body
        self.fpn = Pyramid(widths, channels, layer)
        self.ssh1, self.ssh2, self.ssh3 = (Ssh(channels, layer) for _ in range(3))
        self.ClassHead = nn.ModuleList(Head(channels, 2) for _ in range(3))
        self.BboxHead = nn.ModuleList(Head(channels, 4) for _ in range(3))
        self.LandmarkHead = nn.ModuleList(Head(channels, 10) for _ in range(3))

    def forward(self, image):
        levels = self.fpn(list(self.body(image).values()))
        features = [ssh(level) for ssh, level in zip((self.ssh1, self.ssh2, self.ssh3), levels)]

        def all_anchors(heads, values):
            maps = [head.conv1x1(feature).permute(0, 2, 3, 1).reshape(1, -1, values) for head, feature in zip(heads, features)]
            return torch.cat(maps, 1)

        classes = F.softmax(all_anchors(self.ClassHead, 2), dim=-1)
        return all_anchors(self.BboxHead, 4), classes, all_anchors(self.LandmarkHead, 10)


class Yakhyo(nn.Module):
    """Only its names count: it computes the same."""

    def __init__(self):
        super().__init__()
        self.fx = IntermediateLayerGetter(MobileNet(activation), {f"stage{i}": i for i in (1, 2, 3)})
        self.fpn = Pyramid((64, 128, 256), 64, activation)
        self.ssh1, self.ssh2, self.ssh3 = (Ssh(64, activation) for _ in range(3))
        for head, values in (("class_head", 2), ("bbox_head", 4), ("landmark_head", 10)):
            module = nn.Module()
            setattr(module, head, nn.ModuleList(nn.Conv2d(64, 2 * values, 1) for _ in range(3)))
            setattr(self, head, module)


def hashed(name, count):
    """Numbers from -1 to 1: the finaliser of MurmurHash3 over an index and the CRC-32 of the name."""
    with np.errstate(over="ignore"):
        bits = np.arange(count, dtype=np.uint32) * np.uint32(0x9E3779B1) + np.uint32(zlib.crc32(name.encode()))
        bits ^= bits >> np.uint32(16)
        bits *= np.uint32(0x85EBCA6B)
        bits ^= bits >> np.uint32(13)
        bits *= np.uint32(0xC2B2AE35)
        bits ^= bits >> np.uint32(16)
    return bits.astype(np.float64) / 2**31 - 1


def value(name, shape):
    numbers = hashed(name, math.prod(shape)).reshape(shape)
    if len(shape) > 1:
        numbers *= math.sqrt(6 / math.prod(shape[1:])) / (PIXELS if shape[1] == 3 else 1)
    elif name.endswith("running_var"):
        numbers = 1 + numbers / 2
    elif name.endswith("weight"):
        numbers = (0.2 if ".bn3." in name else 1) + numbers / 10
    else:
        numbers /= 10
    return torch.tensor(numbers, dtype=torch.float32)


def names(file, state):
    lines = (f"{name} {'x'.join(map(str, tensor.shape)) or 'scalar'}" for name, tensor in state.items())
    (HERE / file).write_text("\n".join(lines) + "\n")


def golden(network, model):
    model.eval()
    state = model.state_dict()
    names(f"{network}.txt", state)
    model.load_state_dict({name: value(name, tuple(tensor.shape)) if tensor.dim() else tensor for name, tensor in state.items()})
    image = torch.tensor(hashed("image", 3 * HEIGHT * WIDTH).reshape(1, 3, HEIGHT, WIDTH) * PIXELS, dtype=torch.float32)
    with torch.no_grad():
        outputs = model(image)
    (HERE / f"{network}.f32").write_bytes(b"".join(output.numpy().astype("<f4").tobytes() for output in outputs))
    print(network, [(float(output.abs().max()), float(output.std())) for output in outputs])


stages = {f"stage{i}": i for i in (1, 2, 3)}
golden("mobilenet025", Reference(IntermediateLayerGetter(MobileNet(layer), stages), (64, 128, 256), 64))
layers = {f"layer{i}": i - 1 for i in (2, 3, 4)}
golden("resnet50", Reference(IntermediateLayerGetter(resnet50(), layers), (512, 1024, 2048), 256))
names("yakhyo_mobilenet025.txt", Yakhyo().state_dict())
