"""Makes masks.csv, turned_face.csv and turned_face.f32, which the tests of masks and parts read: python3 masks.py

Needs numpy and pycocotools (2.0.11), whose run-length code is the reference. masks.csv has random masks: height,
width, the pixels row by row, the code. turned_face is the canonical face, turned: its vertices, and of each part the
pixels that are seen and the code. It is drawn in another way than RetinaSpark's: all triangles are tried at every
pixel, and parts are polygons of the frontal view, not ways along edges.
"""

import pathlib

import numpy as np
from pycocotools import mask as coco

WIDTH, HEIGHT = 96, 80
YAW, PITCH, ROLL = np.radians([48, 12, -17])
FACE = pathlib.Path(__file__).parents[6] / "main/resources/org/retinaspark/udf/crop/face-mesh-468.obj"

# MediaPipe's FACEMESH_RIGHT_EYE, FACEMESH_LEFT_EYE and so on, as rings; the nose is RetinaSpark's choice.
LIPS = [61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185]
MOUTH = [78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308, 415, 310, 311, 312, 13, 82, 81, 80, 191]
RINGS = {
    "left_eye": [33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246],
    "right_eye": [263, 249, 390, 373, 374, 380, 381, 382, 362, 398, 384, 385, 386, 387, 388, 466],
    "left_brow": [46, 53, 52, 65, 55, 107, 66, 105, 63, 70],
    "right_brow": [276, 283, 282, 295, 285, 336, 296, 334, 293, 300],
    "nose": [168, 122, 188, 174, 217, 126, 209, 129, 98, 97, 2, 326, 327, 358, 429, 355, 437, 399, 412, 351],
}
PARTS = ["skin", *RINGS, "upper_lip", "lower_lip", "inner_mouth"]


def canonical():
    lines = [line.split() for line in FACE.read_text().splitlines() if line]
    vertices = np.array([line[1:] for line in lines if line[0] == "v"], float)
    return vertices, np.array([line[1:] for line in lines if line[0] == "f"], int) - 1


def inside(point, ring):
    """Even-odd rule."""
    odd = False
    for (x1, y1), (x2, y2) in zip(ring, np.roll(ring, -1, 0)):
        if (y1 > point[1]) != (y2 > point[1]) and point[0] < x1 + (point[1] - y1) / (y2 - y1) * (x2 - x1):
            odd = not odd
    return odd


def part(triangle, frontal):
    centre = frontal[triangle].mean(0)
    for name, ring in RINGS.items():
        if inside(centre, frontal[ring]):
            return name
    if not inside(centre, frontal[LIPS]):
        return "skin"
    if set(triangle) <= set(MOUTH):
        return "inner_mouth"
    return "upper_lip" if centre[1] < frontal[MOUTH[0], 1] else "lower_lip"


def turned(vertices):
    (cy, cp, cr), (sy, sp, sr) = np.cos([YAW, PITCH, ROLL]), np.sin([YAW, PITCH, ROLL])
    about_y = np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
    about_x = np.array([[1, 0, 0], [0, cp, -sp], [0, sp, cp]])
    about_z = np.array([[cr, -sr, 0], [sr, cr, 0], [0, 0, 1]])
    at = vertices @ (about_z @ about_x @ about_y).T * 4.1
    return (at + [WIDTH * 0.55, HEIGHT * 0.5, 0]).astype(np.float32)


def seen(vertices, triangles):
    """The triangle that each pixel sees, or -1."""
    x, y = np.meshgrid(np.arange(WIDTH) + 0.5, np.arange(HEIGHT) + 0.5)
    nearest, depth = np.full((HEIGHT, WIDTH), -1), np.full((HEIGHT, WIDTH), np.inf)
    for number, triangle in enumerate(triangles):
        a, b, c = vertices[triangle].astype(float)
        twice = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
        if twice >= 0:
            continue
        of_a = ((b[0] - x) * (c[1] - y) - (b[1] - y) * (c[0] - x)) / twice
        of_b = ((c[0] - x) * (a[1] - y) - (c[1] - y) * (a[0] - x)) / twice
        of_c = 1 - of_a - of_b
        z = of_a * a[2] + of_b * b[2] + of_c * c[2]
        nearer = (of_a >= 0) & (of_b >= 0) & (of_c >= 0) & (z < depth)
        nearest[nearer], depth[nearer] = number, z[nearer]
    return nearest


def code(mask):
    return coco.encode(np.asfortranarray(mask.astype(np.uint8)))["counts"].decode()


def masks():
    random = np.random.default_rng(5)
    for height, width, share in [(1, 1, 0), (1, 1, 1), (3, 2, 0.5), (7, 9, 0.1), (7, 9, 0.9), (31, 2, 0.5), (90, 40, 0.02)]:
        yield random.random((height, width)) < share
    yield np.ones((40, 70))
    yield np.zeros((40, 70))
    blob = np.hypot(*np.mgrid[-60:60, -50:50]) < 47
    yield blob
    yield np.pad(blob, 900)[:, 850:]


if __name__ == "__main__":
    with open("masks.csv", "w") as out:
        for mask in masks():
            pixels = "".join(str(int(pixel)) for pixel in mask.reshape(-1))
            if len(pixels) > 20_000:  # told by the runs of the columns
                pixels = ""
            out.write(f"{mask.shape[0]},{mask.shape[1]},{int(mask.sum())},{pixels},{code(mask)}\n")
    frontal, triangles = canonical()
    parts = np.array([PARTS.index(part(t, frontal[:, :2])) for t in triangles])
    vertices = turned(frontal)
    vertices.astype("<f4").tofile("turned_face.f32")
    nearest = seen(vertices, triangles)
    labels = np.where(nearest >= 0, parts[nearest], -1)
    with open("turned_face.csv", "w") as out:
        for number, name in enumerate(PARTS):
            out.write(f"{name},{int((labels == number).sum())},{code(labels == number)}\n")
