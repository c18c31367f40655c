"""Runs the paper-shaped network that RetinaSpark wrote with PyTorch and torchvision's own deformable convolution.

    bin/retinaspark model build --architecture paper --backbone mobilenet-0.25 --mesh Mesh68:68 --mesh Mesh1k:1103:40 --random 1 -o paper.onnx
    python paper.py paper.onnx 97 131 paper.csv   # torch 2.15.0, torchvision 0.29.2

Takes nothing of the file but its constants. Writes some outputs of an image of which the value at channel c, row y, column x is
((37 * c + 11 * y + 17 * x) mod 256) - 120.
"""
import sys
import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnx import numpy_helper
from torchvision.ops import deform_conv2d

file, height, width, golden = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
constants = {t.name: torch.from_numpy(numpy_helper.to_array(t).copy()) for t in onnx.load(file).graph.initializer}


def conv(place, x, stride=1, groups=1, slope=None):
    w = constants[place + '.weight']
    x = F.conv2d(x, w, constants[place + '.bias'], stride, w.shape[2] // 2, 1, groups)
    return x if slope is None else F.leaky_relu(x, slope)


def deformable(place, x, slope=None):
    offsets = conv(place + '.offset', x)
    x = deform_conv2d(x, offsets, constants[place + '.weight'], constants[place + '.bias'], padding=1)
    return x if slope is None else F.leaky_relu(x, slope)


def mobilenet(x):
    x = conv('backbone.stem', x, 2, slope=0.1)
    maps = {}
    stride = 2
    for number, s in enumerate([1, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1, 2, 1], 1):
        x = conv(f'backbone.block{number}.depthwise', x, s, x.shape[1], 0.1)
        x = conv(f'backbone.block{number}.pointwise', x, slope=0.1)
        stride *= s
        maps[stride] = x
    return maps


def pyramid(maps, slope):
    levels = {}
    above = None
    for stride in (32, 16, 8, 4):
        x = conv(f'pyramid.lateral.{stride}', maps[stride], slope=slope)
        if above is not None:
            x = deformable(f'pyramid.merge.{stride}', x + F.interpolate(above, size=x.shape[2:], mode='nearest'), slope)
        levels[stride] = above = x
    levels[64] = conv('pyramid.extra.64', maps[32], 2, slope=slope)
    return dict(sorted(levels.items()))


def context(place, x, slope):
    a = deformable(place + '.3x3', x)
    shared = deformable(place + '.5x5.1', x, slope)
    b = deformable(place + '.5x5.2', shared)
    c = deformable(place + '.7x7.3', deformable(place + '.7x7.2', shared, slope))
    return F.relu(torch.cat([a, b, c], 1))


def head(place, x, values):
    return conv(place, x).permute(0, 2, 3, 1).reshape(x.shape[0], -1, values)


def mesh(place, x, values, channels):
    """The 1x1 convolution of all anchors."""
    w = constants[place + '.weight'].reshape(3, channels, values)
    y = torch.einsum('bchw,scv->bhwsv', x, w) + constants[place + '.bias']
    return y.reshape(x.shape[0], -1, values)


c, y, x = np.meshgrid(np.arange(3), np.arange(height), np.arange(width), indexing='ij')
image = torch.from_numpy(((37 * c + 11 * y + 17 * x) % 256 - 120).astype(np.float32))[None]
channels = constants['pyramid.lateral.4.bias'].shape[0]
slope = 0.1 if channels <= 64 else 0.0
levels = pyramid(mobilenet(image), slope)
first = {s: context(f'context1.{s}', f, slope) for s, f in levels.items()}
second = {s: context(f'context2.{s}', f, slope) for s, f in first.items()}
outputs = {
    'boxes1': torch.cat([head('head1.box.shared', f, 4) for f in first.values()], 1),
    'boxes2': torch.cat([head('head2.box.shared', f, 4) for f in second.values()], 1),
    'classes': torch.cat([head('head2.class.shared', f, 2).softmax(-1) for f in second.values()], 1),
    'landmarks': torch.cat([head('head2.landmark.shared', f, 10) for f in second.values()], 1),
    'mesh.Mesh68': torch.cat([mesh('head2.mesh.Mesh68.shared', f, 204, channels) for f in second.values()], 1),
}
coefficients = torch.cat([mesh('head2.mesh.Mesh1k.shared', f, 40, channels) for f in second.values()], 1)
outputs['mesh.Mesh1k'] = coefficients @ constants['mesh.Mesh1k.basis'] + constants['mesh.Mesh1k.mean']
rng = np.random.default_rng(5)
with open(golden, 'w') as out:
    for name, values in outputs.items():
        _, anchors, width = values.shape
        for anchor in sorted(rng.choice(anchors, 40, replace=False)):
            value = int(rng.integers(width))
            out.write(f'{name},{anchor},{value},{float(values[0, anchor, value]):.7g}\n')
