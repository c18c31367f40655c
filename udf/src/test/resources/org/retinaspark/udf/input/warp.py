"""Makes the golden files beside it: python3 warp.py (numpy 2, scipy).

warp.csv: a case a line: a, b, x and y of a similarity (u, v) = (a px - b py + x, b px + a py + y) from the frame to the
crop, side of the crop, width and height of the frame, width and height that were decoded of it. One case after the other:
warp.u8, noise, [height, width, 3]; warp.f32 (little-endian), [side, side, 3], its crop by linear interpolation between
centres of pixels, with pixels of 0 on all sides. SciPy interpolates at exact positions; OpenCV at 32nds of a pixel.
"""

from pathlib import Path

import numpy as np
from scipy.ndimage import map_coordinates

HERE = Path(__file__).parent


def case(scale, degrees, centre, side, frame, decoded):
    a, b = scale * np.cos(np.radians(degrees)), scale * np.sin(np.radians(degrees))
    cx, cy = centre
    return (a, b, side / 2 - a * cx + b * cy, side / 2 - b * cx - a * cy, side, *frame, *decoded)


CASES = [
    (1, 0, 0, 0, 20, 20, 20, 20, 20),
    case(1, 0, (18.5, 11.5), 24, (37, 23), (37, 23)),
    case(0.4, 0, (18, 12), 16, (37, 23), (37, 23)),
    case(2.7, 0, (18, 12), 33, (37, 23), (37, 23)),
    case(1.3, 31, (15, 9), 32, (37, 23), (37, 23)),
    case(0.8, -137, (30, 20), 24, (37, 23), (37, 23)),
    case(1.1, 12, (-4, 25), 20, (37, 23), (37, 23)),
    case(1, 0, (900, 900), 8, (37, 23), (37, 23)),
    case(1, 45, (0.5, 0.5), 4, (1, 1), (1, 1)),
    case(0.9, 20, (40, 23), 28, (75, 46), (38, 23)),
]

random = np.random.default_rng(20190711)
sources, crops = [], []
for a, b, x, y, side, frame_width, frame_height, width, height in CASES:
    image = random.integers(0, 256, (height, width, 3), dtype=np.uint8)
    v, u = np.mgrid[0:side, 0:side] + 0.5
    square = a * a + b * b
    px = (a * (u - x) + b * (v - y)) / square * width / frame_width - 0.5
    py = (a * (v - y) - b * (u - x)) / square * height / frame_height - 0.5
    planes = [
        map_coordinates(image[..., c].astype(float), [py, px], order=1, mode="grid-constant", cval=0) for c in range(3)
    ]
    sources.append(image)
    crops.append(np.stack(planes, axis=-1).astype("<f4"))
np.savetxt(HERE / "warp.csv", CASES, fmt="%.17g", delimiter=",")
np.concatenate([image.ravel() for image in sources]).tofile(HERE / "warp.u8")
np.concatenate([crop.ravel() for crop in crops]).tofile(HERE / "warp.f32")
