"""Makes yunet.f32, yunet.csv, centerface.f32 and centerface.csv beside it: python3 reference_points.py, as reference.py.

Written from the descriptions of the original repositories, in double precision and independent of the Java code:
_bbox_decode and _kps_decode of libfacedetection.train's yunet_head.py with the score of OpenCV's FaceDetectorYN; decode of
CenterFace's prj-python/centerface.py, without its clipping at the edges.
"""

import numpy as np

import reference
from reference import HEIGHT, IMAGE_SCALE, WIDTH, noise, suppressed, write

reference.random = np.random.default_rng(20230613)


def yunet():
    kinds, scores, boxes, points = [[], [], [], []], [], [], []
    for stride in (8, 16, 32):
        rows, columns = HEIGHT // stride, WIDTH // stride
        corners = np.stack(np.meshgrid(np.arange(columns), np.arange(rows)), axis=-1).reshape(-1, 2).astype("f8") * stride
        # Some factors lie outside of 0 to 1, which the score must not.
        first, second = (reference.random.uniform(-0.1, 1.1, len(corners)).astype("f4") for _ in range(2))
        deltas, marks = noise(len(corners), 4, spread=0.7), noise(len(corners), 10, spread=2)
        for kind, tensor in zip(kinds, (first, second, deltas, marks)):
            kind.append(tensor)
        scores.append(np.sqrt(np.clip(first, 0, 1).astype("f8") * np.clip(second, 0, 1)))
        deltas = deltas.astype("f8")
        centres, sides = deltas[:, :2] * stride + corners, np.exp(deltas[:, 2:]) * stride
        boxes.append(np.hstack([centres - sides / 2, centres + sides / 2]) / IMAGE_SCALE)
        points.append((marks.reshape(-1, 5, 2).astype("f8") * stride + corners[:, None]) / IMAGE_SCALE)
    tensors = [tensor for kind in kinds for tensor in kind]
    write("yunet", tensors, suppressed(np.concatenate(scores), np.vstack(boxes), np.vstack(points)))


def centerface():
    rows, columns = HEIGHT // 4, WIDTH // 4
    heat = reference.random.uniform(0, 1, (1, rows, columns)).astype("f4")
    sides, offsets = noise(2, rows, columns, spread=0.8) + np.float32(1), noise(2, rows, columns, spread=0.3)
    marks = noise(10, rows, columns, spread=0.5)
    scores, boxes, points = [], [], []
    for row in range(rows):
        for column in range(columns):
            height, width = np.exp(sides[:, row, column].astype("f8")) * 4
            y, x = (np.array([row, column]) + offsets[:, row, column].astype("f8") + 0.5) * 4
            left, top = x - width / 2, y - height / 2
            scores.append(float(heat[0, row, column]))
            boxes.append([left, top, left + width, top + height])
            mark = marks[:, row, column].astype("f8").reshape(5, 2)
            points.append(np.stack([left + mark[:, 1] * width, top + mark[:, 0] * height], axis=1))
    scores, boxes, points = np.array(scores), np.array(boxes) / IMAGE_SCALE, np.array(points) / IMAGE_SCALE
    write("centerface", [heat, sides, offsets, marks], suppressed(scores, boxes, points))


if __name__ == "__main__":
    yunet()
    centerface()
