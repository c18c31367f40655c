#!/usr/bin/env python3
"""Aligned crops as InsightFace's norm_crop makes them, for AlignedCropGoldenTest.

    python3 aligned.py          # NumPy and OpenCV; writes aligned_*.png and aligned.csv beside itself

estimate_norm is written anew here: the least-squares similarity by singular values (Umeyama 1991), of which
skimage's SimilarityTransform.estimate is another implementation, and cv2.warpAffine with a black border. The photo is
a synthetic one: waves of 12 pixels and more, and noise that is blurred.
"""
import csv
import os

import cv2
import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
TEMPLATE = np.array(
    [[38.2946, 51.6963], [73.5318, 51.5014], [56.0252, 71.7366], [41.5493, 92.3655], [70.7299, 92.2041]])


def template(size):
    """estimate_norm of insightface/utils/face_align.py."""
    if size % 112 == 0:
        ratio, shift = size / 112, 0
    else:
        ratio, shift = size / 128, 8 * size / 128
    return TEMPLATE * ratio + [shift, 0]


def similarity(source, target):
    centre, to = source.mean(0), target.mean(0)
    u, s, vt = np.linalg.svd((target - to).T @ (source - centre) / 5)
    signs = np.array([1, np.sign(np.linalg.det(u @ vt))])
    turn = u @ np.diag(signs) @ vt
    scale = (s * signs).sum() / (source - centre).var(0).sum()
    return np.c_[scale * turn, to - scale * turn @ centre]


def photo():
    y, x = np.mgrid[0:200, 0:260].astype(float)
    waves = [128 + 60 * np.sin(x / a + y / b) + 40 * np.cos(x / c - y / d)
             for a, b, c, d in [(7, 11, 5, 9), (4, 13, 8, 6), (9, 5, 12, 7)]]
    noise = cv2.GaussianBlur(np.random.default_rng(1).normal(0, 60, (200, 260, 3)), (0, 0), 2)
    return np.clip(np.dstack(waves) + noise, 0, 255).astype(np.uint8)


FACES = {  # size of the crop, five landmarks
    "upright": (112, [[90.3, 70.2], [140.8, 72.1], [117.5, 98.7], [95.2, 130.4], [137.1, 131.6]]),
    "turned": (112, [[60.5, 90.1], [88.2, 50.7], [98.6, 85.4], [105.9, 118.8], [126.3, 87.9]]),
    "small": (112, [[200.1, 40.2], [212.4, 41.0], [206.0, 47.7], [201.3, 54.9], [211.5, 55.2]]),
    "outside": (112, [[5.5, 10.1], [50.0, 4.2], [25.3, 33.9], [12.8, 66.0], [50.1, 60.6]]),
    "wide": (128, [[90.3, 70.2], [140.8, 72.1], [117.5, 98.7], [95.2, 130.4], [137.1, 131.6]]),
}

if __name__ == "__main__":
    image = photo()
    cv2.imwrite(os.path.join(HERE, "aligned_photo.png"), image)
    with open(os.path.join(HERE, "aligned.csv"), "w", newline="") as out:
        rows = csv.writer(out, lineterminator="\n")
        for name, (size, points) in FACES.items():
            matrix = similarity(np.array(points), template(size))
            crop = cv2.warpAffine(image, matrix, (size, size), borderValue=0.0)
            cv2.imwrite(os.path.join(HERE, f"aligned_{name}.png"), crop)
            rows.writerow([name, size] + [v for p in points for v in p])
