"""Makes the golden files of a cascade of two stages beside it: python3 cascade.py (numpy 2).

Written from the paper's description (Deng et al., CVPR 2020, section 3.2: the second head regresses from the boxes of the
first) with bbox_pred and landmark_pred of InsightFace's retinaface.py, applied twice as that file does for cascades,
without the +1 of its boxes and with variances; in double precision and independent of the Java code. Suppression is that
of reference.py.

cascade.f32: boxes1, boxes2, classes, landmarks, mesh_anchors, mesh.Six, mesh.Three, little-endian float32, for an input
of 90 x 58, which is no multiple of any stride. cascade.csv: the faces of an image of 180 x 174 in it, best first: score,
box, five landmarks, 6 vertices and 3 vertices of x, y, z, NaN where a face has none. cascade_flipped.csv: the same for the
mirrored image; of mesh Three nobody knows the mirror image.
"""

import itertools
import math
from pathlib import Path

import numpy as np

from reference import LAST, OVERLAP, SCORE, overlaps

HERE = Path(__file__).parent
WIDTH, HEIGHT = 90, 58
IMAGE = np.array([2.0, 3.0])
LEVELS = [(16, [10, 12.599211, 15.874011]), (32, [20, 25.198421, 31.748022]), (64, [40, 50.396843, 63.496044])]
CENTRE, SIZE, LANDMARK = 0.1, 0.2, 0.15
MIRROR_LANDMARKS, MIRROR_SIX = [1, 0, 2, 4, 3], [5, 4, 2, 3, 1, 0]
random = np.random.default_rng(20200614)


def noise(*shape, spread):
    return random.normal(0, spread, shape).astype("f4")


def bbox_pred(boxes, deltas):
    widths, heights = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    x, y = boxes[:, 0] + 0.5 * widths, boxes[:, 1] + 0.5 * heights
    x, y = deltas[:, 0] * CENTRE * widths + x, deltas[:, 1] * CENTRE * heights + y
    w, h = np.exp(deltas[:, 2] * SIZE) * widths, np.exp(deltas[:, 3] * SIZE) * heights
    return np.stack([x - 0.5 * w, y - 0.5 * h, x + 0.5 * w, y + 0.5 * h], axis=1)


def points_pred(boxes, deltas):
    """deltas [n, points, 2 or 3]; z in widths."""
    widths, heights = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    scale = np.stack([widths, heights, widths], axis=1)[:, None, : deltas.shape[2]]
    centre = np.stack([boxes[:, 0] + 0.5 * widths, boxes[:, 1] + 0.5 * heights, 0 * widths], axis=1)
    return deltas * LANDMARK * scale + centre[:, None, : deltas.shape[2]]


def in_image(points, flip, mirror):
    points = points.copy()
    if flip:
        points[..., 0] = WIDTH - points[..., 0]
        points = points[:, mirror]
    return points * np.array([IMAGE[0], IMAGE[1], IMAGE[0]])[: points.shape[2]]


def faces(anchors, boxes1, boxes2, classes, landmarks, mesh_anchors, six, three, flip):
    first = bbox_pred(anchors, boxes1.astype("f8"))
    boxes = bbox_pred(first, boxes2.astype("f8"))
    points = points_pred(first, landmarks.reshape(-1, 5, 2).astype("f8"))
    dense6, dense3 = np.full((len(anchors), 6, 3), np.nan), np.full((len(anchors), 3, 3), np.nan)
    rows = mesh_anchors.astype(int)
    dense6[rows] = points_pred(first[rows], six.reshape(-1, 6, 3).astype("f8"))
    dense3[rows] = points_pred(first[rows], three.reshape(-1, 3, 3).astype("f8"))
    if flip:
        boxes[:, [0, 2]] = WIDTH - boxes[:, [2, 0]]
        dense3[:] = np.nan
    boxes *= np.tile(IMAGE, 2)
    points = in_image(points, flip, MIRROR_LANDMARKS)
    dense6, dense3 = in_image(dense6, flip, MIRROR_SIX), in_image(dense3, flip, [0, 1, 2])

    scores = classes[:, 1].astype("f8")
    order = scores.argsort()[::-1]
    order = order[scores[order] > SCORE]
    kept = []
    while order.size:
        best, order = order[0], order[1:]
        kept.append(best)
        overlap = overlaps(boxes[best], boxes[order])
        assert not np.any(np.abs(overlap - OVERLAP) < 1e-5), "too close for a comparison with floats"
        order = order[overlap <= OVERLAP]
    kept = kept[:LAST]
    flat = lambda values: values[kept].reshape(len(kept), -1)
    return np.hstack([scores[kept, None], boxes[kept], flat(points), flat(dense6), flat(dense3)])


if __name__ == "__main__":
    anchors = []
    for stride, sizes in LEVELS:
        for row, column in itertools.product(range(math.ceil(HEIGHT / stride)), range(math.ceil(WIDTH / stride))):
            for size in sizes:
                x, y = (column + 0.5) * stride, (row + 0.5) * stride
                anchors.append([x - size / 2, y - size / 2, x + size / 2, y + size / 2])
    anchors = np.array(anchors)
    count = len(anchors)
    boxes1, boxes2 = noise(count, 4, spread=2), noise(count, 4, spread=1)
    face = random.uniform(0, 1, count).astype("f4") ** 4
    classes = np.stack([1 - face, face], axis=1).astype("f4")
    landmarks = noise(count, 10, spread=3)
    mesh_anchors = np.sort(face.argsort()[::-1][:40]).astype("f4")
    six, three = noise(40, 18, spread=3), noise(40, 9, spread=3)
    tensors = [boxes1, boxes2, classes, landmarks, mesh_anchors, six, three]
    np.concatenate([tensor.ravel() for tensor in tensors]).astype("<f4").tofile(HERE / "cascade.f32")
    for name, flip in (("cascade", False), ("cascade_flipped", True)):
        rows = faces(anchors, *tensors, flip)
        text = "\n".join(",".join("NaN" if np.isnan(value) else f"{value:.5f}" for value in row) for row in rows)
        (HERE / f"{name}.csv").write_text(text + "\n")
        print(name, count, "anchors,", len(rows), "faces,", int(np.isnan(rows[:, 20]).sum()), "without a mesh")
