"""Makes the golden files beside it: python3 reference.py (numpy 2).

Written from the descriptions of the original repositories, in double precision and independent of the Java code:
prior_box, decode, decode_landm and py_cpu_nms of biubug6/Pytorch_Retinaface; anchors, bbox_pred, clip_boxes and
landmark_pred of InsightFace's retinaface.py; distance2bbox and distance2kps of InsightFace's scrfd.py.

<family>.f32: the raw outputs in the family's order, little-endian float32, for an input of 96 x 64 that holds an image of
180 x 120 resized to 90 x 60. <family>.csv: the faces, best first: score, box, five landmarks.
"""

import itertools
import math
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
WIDTH, HEIGHT = 96, 64
CONTENT_WIDTH, CONTENT_HEIGHT = 90, 60
IMAGE_SCALE = 0.5
SCORE, OVERLAP, FIRST, LAST = 0.02, 0.4, 5000, 750
random = np.random.default_rng(20190502)


def overlaps(box, others):
    width = np.minimum(box[2], others[:, 2]) - np.maximum(box[0], others[:, 0]) + 1
    height = np.minimum(box[3], others[:, 3]) - np.maximum(box[1], others[:, 1]) + 1
    both = np.maximum(0, width) * np.maximum(0, height)
    area = lambda b: (b[..., 2] - b[..., 0] + 1) * (b[..., 3] - b[..., 1] + 1)
    return both / (area(box) + area(others) - both)


def suppressed(scores, boxes, points):
    chosen = scores > SCORE
    scores, boxes, points = scores[chosen], boxes[chosen], points[chosen]
    order = scores.argsort()[::-1][:FIRST]
    kept = []
    while order.size:
        best, order = order[0], order[1:]
        kept.append(best)
        overlap = overlaps(boxes[best], boxes[order])
        assert not np.any(np.abs(overlap - OVERLAP) < 1e-5), "too close for a comparison with floats"
        order = order[overlap <= OVERLAP]
    kept = kept[:LAST]
    return np.hstack([scores[kept, None], boxes[kept], points[kept].reshape(-1, 10)])


def write(family, tensors, faces):
    np.concatenate([tensor.ravel() for tensor in tensors]).astype("<f4").tofile(HERE / f"{family}.f32")
    np.savetxt(HERE / f"{family}.csv", faces, fmt="%.5f", delimiter=",")
    print(family, len(faces), "faces")


def noise(*shape, spread=1.0):
    return random.normal(0, spread, shape).astype("f4")


def pytorch():
    priors = []
    for stride, sizes in ((8, (16, 32)), (16, (64, 128)), (32, (256, 512))):
        rows, columns = math.ceil(HEIGHT / stride), math.ceil(WIDTH / stride)
        for row, column in itertools.product(range(rows), range(columns)):
            for size in sizes:
                priors.append(
                    [(column + 0.5) * stride / WIDTH, (row + 0.5) * stride / HEIGHT, size / WIDTH, size / HEIGHT]
                )
    priors = np.array(priors)
    loc, landm = noise(len(priors), 4, spread=2), noise(len(priors), 10, spread=3)
    face = random.uniform(0, 1, len(priors)).astype("f4")
    conf = np.stack([1 - face, face], axis=1).astype("f4")

    centre = priors[:, :2] + loc[:, :2].astype("f8") * 0.1 * priors[:, 2:]
    size = priors[:, 2:] * np.exp(loc[:, 2:].astype("f8") * 0.2)
    scale = np.array([WIDTH, HEIGHT])
    boxes = np.hstack([(centre - size / 2) * scale, (centre + size / 2) * scale]) / IMAGE_SCALE
    points = priors[:, None, :2] + landm.reshape(-1, 5, 2).astype("f8") * 0.1 * priors[:, None, 2:]
    write("pytorch", [loc, conf, landm], suppressed(face.astype("f8"), boxes, points * scale / IMAGE_SCALE))


def insightface():
    tensors, scores, boxes, points = [], [], [], []
    for stride, scales in ((32, (32, 16)), (16, (8, 4)), (8, (2, 1))):
        rows, columns, count = HEIGHT // stride, WIDTH // stride, len(scales)
        base = np.array([[7.5 - (16 * s - 1) / 2, 7.5 - (16 * s - 1) / 2, 7.5 + (16 * s - 1) / 2, 7.5 + (16 * s - 1) / 2]
                         for s in scales])
        anchors = np.zeros((rows, columns, count, 4))
        for row, column in itertools.product(range(rows), range(columns)):
            anchors[row, column] = base + np.array([column, row, column, row]) * stride
        anchors = anchors.reshape(-1, 4)
        face = random.uniform(0, 1, (1, count, rows, columns)).astype("f4")
        prob = np.concatenate([1 - face, face], axis=1)
        deltas = noise(1, 4 * count, rows, columns, spread=0.3)
        marks = noise(1, 10 * count, rows, columns, spread=1.5)
        tensors += [prob, deltas, marks]

        scores.append(prob[:, count:].transpose(0, 2, 3, 1).ravel().astype("f8"))
        deltas = deltas.transpose(0, 2, 3, 1).reshape(-1, 4).astype("f8")
        marks = marks.transpose(0, 2, 3, 1).reshape(-1, 5, 2).astype("f8") * 0.2
        widths, heights = anchors[:, 2] - anchors[:, 0] + 1.0, anchors[:, 3] - anchors[:, 1] + 1.0
        x, y = anchors[:, 0] + 0.5 * (widths - 1), anchors[:, 1] + 0.5 * (heights - 1)
        centre_x, centre_y = deltas[:, 0] * widths + x, deltas[:, 1] * heights + y
        w, h = np.exp(deltas[:, 2]) * widths, np.exp(deltas[:, 3]) * heights
        box = np.stack([centre_x - 0.5 * (w - 1), centre_y - 0.5 * (h - 1),
                        centre_x + 0.5 * (w - 1), centre_y + 0.5 * (h - 1)], axis=1)
        box[:, 0::2] = np.clip(box[:, 0::2], 0, CONTENT_WIDTH - 1)
        box[:, 1::2] = np.clip(box[:, 1::2], 0, CONTENT_HEIGHT - 1)
        boxes.append(box / IMAGE_SCALE)
        points.append((marks * np.stack([widths, heights], 1)[:, None] + np.stack([x, y], 1)[:, None]) / IMAGE_SCALE)
    write("insightface", tensors, suppressed(np.concatenate(scores), np.vstack(boxes), np.vstack(points)))


def scrfd():
    levels = {}
    for stride in (8, 16, 32):
        rows, columns = HEIGHT // stride, WIDTH // stride
        centres = np.stack(np.mgrid[:rows, :columns][::-1], axis=-1).astype("f8") * stride
        centres = np.stack([centres.reshape(-1, 2)] * 2, axis=1).reshape(-1, 2)
        levels[stride] = (
            centres,
            random.uniform(0, 1, (len(centres), 1)).astype("f4"),
            random.uniform(0.5, 4, (len(centres), 4)).astype("f4"),
            noise(len(centres), 10, spread=2),
        )
    tensors = [levels[stride][kind] for kind in (1, 2, 3) for stride in levels]
    scores, boxes, points = [], [], []
    for stride, (centres, score, distance, mark) in levels.items():
        distance, mark = distance.astype("f8") * stride, mark.astype("f8") * stride
        scores.append(score.ravel().astype("f8"))
        boxes.append(np.hstack([centres - distance[:, :2], centres + distance[:, 2:]]) / IMAGE_SCALE)
        points.append((centres[:, None] + mark.reshape(-1, 5, 2)) / IMAGE_SCALE)
    write("scrfd", tensors, suppressed(np.concatenate(scores), np.vstack(boxes), np.vstack(points)))


if __name__ == "__main__":
    pytorch()
    insightface()
    scrfd()
