"""Makes mesh_world.json, two small made-up tables with meshes, and mesh_golden.json, what their comparison must give.

    python mesh_golden.py

Written from the definitions alone, with numpy; it shares no code with RetinaSpark. A face of the reference counts if its
mesh's score is over 0.5 (or null) and its shorter side is 24 pixels or more. Faces are paired by IoU, 0.5 at least, once
each, the largest first. Error: mean distance in the plane over sqrt(w * h) of the reference's box; of depth the mean
difference once each mesh's own mean is taken off. Baselines: the mean of the counted and found faces in the frame of the
reference's box, put into the found box, or by the affine map that takes its five points nearest to the found ones.
"""

import json
import pathlib

import numpy as np

HERE = pathlib.Path(__file__).parent
RANDOM = np.random.default_rng(1976)
VERTICES = 12
SHAPE = RANDOM.uniform(0.1, 0.9, (VERTICES, 3)) - [0, 0, 0.5]
FIVE = np.array([[0.3, 0.4], [0.7, 0.4], [0.5, 0.6], [0.35, 0.8], [0.65, 0.8]])
SIDES = [0, 16, 32, 48, 96, 192]


def floats(numbers):
    return np.float32(numbers).tolist()


def made_up_face(corner, side):
    size = side * np.array([1, RANDOM.uniform(1, 1.4)])
    box = np.concatenate([corner, corner + size])
    mesh = SHAPE + RANDOM.normal(0, 0.05, SHAPE.shape)
    mesh = mesh * [*size, np.sqrt(size.prod())] + [*corner, RANDOM.uniform(-40, 40)]
    return {
        "box": floats(box),
        "five": floats(corner + size * (FIVE + RANDOM.normal(0, 0.02, FIVE.shape))),
        "mesh": floats(mesh),
        "score": float(np.float32(RANDOM.choice([0.2, 0.5, 0.7, 0.9, 0.95, 1]))),
        "yaw": float(np.float32(RANDOM.uniform(-90, 90))),
    }


def found_face(face, shift, error):
    side = face["box"][2] - face["box"][0]
    moved = {name: np.array(face[name]) for name in ("box", "five", "mesh")}
    return {
        "box": floats(moved["box"] + shift * side + RANDOM.normal(0, 0.03 * side, 4)),
        "five": floats(moved["five"] + shift * side + RANDOM.normal(0, 0.03 * side, (5, 2))),
        "mesh": floats(moved["mesh"] + [0, 0, 25] + RANDOM.normal(0, error * side, (VERTICES, 3))),
        "score": float(np.float32(RANDOM.uniform(0, 1))),
        "yaw": 0.0,
    }


def made_up_world():
    reference, found = {}, {}
    for i in range(18):
        image = f"photos/{i:02}.jpg"
        faces = [made_up_face(np.array([400.0 * k, 10]), s) for k, s in enumerate(RANDOM.uniform(18, 260, i % 5))]
        reference[image] = faces
        others = []
        for number, face in enumerate(faces):
            if (i + number) % 6 == 5:
                continue
            # A second face that overlaps less, or more than the one that comes first.
            shifts = [[0.02], [0.2, 0.01], [0.02, 0.15]][number % 3]
            for shift in shifts:
                others.append(found_face(face, shift, 0.01 + 0.05 * (number % 3)))
                if (i + number) % 7 == 3:
                    others[-1]["mesh"] = None
        found[image] = None if i == 3 else others
    del found["photos/04.jpg"]
    reference["photos/06.jpg"][0]["score"] = None
    found["elsewhere.png"] = [made_up_face(np.array([5.0, 5]), 100)]
    return {"reference": reference, "found": found}


def iou(one, other):
    both = np.clip(np.minimum(one[2:], other[2:]) - np.maximum(one[:2], other[:2]), 0, None).prod()
    return both / ((one[2:] - one[:2]).prod() + (other[2:] - other[:2]).prod() - both)


def paired(faces, others):
    values = [
        (iou(np.array(a["box"]), np.array(b["box"])), i, k) for i, a in enumerate(faces) for k, b in enumerate(others)
    ]
    pairs = {}
    for value, i, k in sorted(values, key=lambda entry: -entry[0]):
        if value >= 0.5 and i not in pairs and k not in pairs.values():
            pairs[i] = k
    return pairs


def frame(face):
    box = np.array(face["box"], dtype=float)
    size = box[2:] - box[:2]
    return box[:2], size, np.sqrt(size.prod())


def counted(world):
    """Each face that counts with the one that was found, or None."""
    faces = []
    for image, references in world["reference"].items():
        others = world["found"].get(image) or []
        pairs = paired(references, others)
        for number, face in enumerate(references):
            sides = frame(face)[1]
            if (face["score"] is None or face["score"] > 0.5) and sides.min() >= 24:
                faces.append((face, others[pairs[number]] if number in pairs else None))
    return faces


def mean_shape(pairs):
    meshes, fives = [], []
    for face, other in pairs:
        if other is not None:
            corner, size, root = frame(face)
            meshes.append((np.array(face["mesh"]) - [*corner, 0]) / [*size, root])
            fives.append((np.array(other["five"]) - corner) / size)
    return np.mean(meshes, axis=0), np.mean(fives, axis=0)


def in_box(mean, other):
    corner, size, root = frame(other)
    return mean * [*size, root] + [*corner, 0]


def fitted(mean, five, other):
    ones = np.ones((5, 1))
    affine, *_ = np.linalg.lstsq(np.hstack([five, ones]), np.array(other["five"]), rcond=None)
    plane = np.hstack([mean[:, :2], np.ones((VERTICES, 1))]) @ affine
    return np.hstack([plane, mean[:, 2:] * np.sqrt(abs(np.linalg.det(affine[:2])))])


def slices(face):
    side = frame(face)[1].min()
    part = max(i for i, low in enumerate(SIDES) if side >= low)
    yaw = abs(face["yaw"])
    return [
        "all all",
        "size " + (f"{SIDES[part]}-{SIDES[part + 1]}" if part + 1 < len(SIDES) else f"{SIDES[part]}+"),
        "yaw " + ("0-30" if yaw <= 30 else "30-60" if yaw <= 60 else "60-90"),
    ]


def golden(world):
    pairs = counted(world)
    mean, five = mean_shape(pairs)
    values = {}
    for face, other in pairs:
        root = frame(face)[2]
        truth = np.array(face["mesh"])
        for part in slices(face):
            values.setdefault(f"table {part} missed", []).append(other is None)
            values.setdefault(f"table {part} without_mesh", []).append(other is not None and other["mesh"] is None)
        if other is None or other["mesh"] is None:
            continue
        shown = {"table": other["mesh"], "mean_shape": in_box(mean, other), "five_points": fitted(mean, five, other)}
        for source, mesh in shown.items():
            apart = np.array(mesh) - truth
            depth = np.abs(apart[:, 2] - apart[:, 2].mean()).mean() / root
            plane = np.linalg.norm(apart[:, :2], axis=1).mean() / root
            for part in slices(face):
                for name, error in (("vertex_box", plane), ("depth_box", depth)):
                    values.setdefault(f"{source} {part} {name}", []).append(error)
    numbers = {}
    for name, list_of in values.items():
        errors = np.array(list_of, dtype=float)
        if name.endswith("_box"):
            several = {
                "mean": errors.mean(),
                "below_5": (errors <= 0.05).mean(),
                "below_10": (errors <= 0.1).mean(),
                "auc_10": np.clip(1 - errors / 0.1, 0, None).mean(),
            }
            numbers |= {f"{name}_{what}": {"value": float(v), "faces": len(errors)} for what, v in several.items()}
        else:
            numbers[name] = {"value": float(errors.mean()), "faces": len(errors)}
    return numbers


if __name__ == "__main__":
    made_up = made_up_world()
    (HERE / "mesh_world.json").write_text(json.dumps(made_up) + "\n")
    (HERE / "mesh_golden.json").write_text(json.dumps(golden(made_up), indent=1) + "\n")
