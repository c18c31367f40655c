"""Makes the golden files beside it: python3 resize.py (numpy 2, opencv-python 4 or 5).

resize.csv: a case a line: width and height of an image, width and height that it is resized to. One case after the
other, as [height, width, 3]: sources.u8, noise; floats.f32 (little-endian), the same resized by OpenCV's INTER_LINEAR as
float32; levels.u8, the same resized as uint8.
"""

from pathlib import Path

import cv2
import numpy as np

HERE = Path(__file__).parent
CASES = [
    (37, 23, 50, 41),
    (37, 23, 16, 10),
    (37, 23, 37, 40),
    (37, 23, 74, 46),
    (37, 23, 9, 23),
    (64, 48, 32, 24),
    (63, 47, 31, 24),
    (37, 23, 1, 1),
    (1, 1, 3, 2),
    (1, 9, 5, 4),
    (9, 1, 4, 7),
    (2001, 3, 1500, 5),
    (1024, 2, 1701, 1),
    (3, 1400, 2, 1023),
]


def resized(image, case):
    return cv2.resize(image, case[2:], interpolation=cv2.INTER_LINEAR)


random = np.random.default_rng(20200614)
sources = [random.integers(0, 256, (height, width, 3), dtype=np.uint8) for width, height, _, _ in CASES]
np.savetxt(HERE / "resize.csv", CASES, fmt="%d", delimiter=",")
for name, images in {
    "sources.u8": sources,
    "floats.f32": [resized(image.astype("<f4"), case) for image, case in zip(sources, CASES)],
    "levels.u8": [resized(image, case) for image, case in zip(sources, CASES)],
}.items():
    np.concatenate([image.ravel() for image in images]).tofile(HERE / name)
