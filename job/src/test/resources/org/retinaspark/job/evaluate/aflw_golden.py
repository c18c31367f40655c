"""Makes aflw_world.json, a small made-up table with labels, and aflw_golden.json, what an evaluation of it must give.

    python aflw_golden.py

Written from the definitions alone, with numpy; it shares no code with RetinaSpark. NME: mean distance over
sqrt(w * h) of the label's 68 points, or over the distance of points 37 and 46 (counted from 1). Five points of a label: means of points 37-42 and 43-48, point 31, 49 and 55
(counted from 1). Bins by |yaw|: up to 30, up to 60, above. A face is found by the largest IoU, 0.3 at least.
"""

import json
import pathlib

import numpy as np

HERE = pathlib.Path(__file__).parent
RANDOM = np.random.default_rng(20160630)
WAYS = ["mesh", "landmarks68", "points"]
BINS = {"0-30": (0, 30), "30-60": (30.0000001, 60), "60-90": (60.0000001, 1000)}


def made_up_label(i):
    centre = RANDOM.uniform(200, 260, 2)
    points = centre + RANDOM.uniform(-1, 1, (68, 2)) * RANDOM.uniform(60, 110, 2)
    yaw = [3, -12, 29, 44, -58, 71, -88, 8, 35, 101][i]
    return {
        "points": np.float32(points).tolist(),
        "angles": [yaw, float(RANDOM.uniform(-40, 40)), float(RANDOM.uniform(-40, 40))],
    }


def box(points):
    points = np.array(points, dtype=float)
    return np.concatenate([points.min(0), points.max(0)])


def five(points):
    points = np.array(points, dtype=float)
    return np.stack([points[36:42].mean(0), points[42:48].mean(0), points[30], points[48], points[54]])


def made_up_face(label, far, way, points, pose):
    moved = box(label["points"]) + far + RANDOM.normal(0, 6, 4)
    return {
        "box": np.float32(moved).tolist(),
        "five": np.float32(five(label["points"]) + far + RANDOM.normal(0, 4, (5, 2))).tolist(),
        "points": np.float32(np.array(label["points"]) + far + RANDOM.normal(0, 5, (68, 2))).tolist() if points else None,
        "pose": {
            "source": way,
            "angles": np.float32(np.array(label["angles"]) + RANDOM.normal(0, 9, 3)).tolist(),
        } if pose else None,
    }


def made_up_world():
    labels = {f"image{i:05}": made_up_label(i) for i in range(10)}
    images = {}
    for i, (name, label) in enumerate(labels.items()):
        if i == 8:
            continue  # no row
        if i == 2:
            images[f"some/folder/{name}.jpg"] = None  # failed
            continue
        way = WAYS[i % 3]
        faces = [made_up_face(label, 0, way, i != 5, i != 6)]
        if i % 2:
            faces.insert(0, made_up_face(label, 35, way, True, True))
        if i == 7:
            faces = [made_up_face(label, 400, way, True, True)]
        images[f"some/folder/{name}.jpg"] = faces
    images["unlabelled.png"] = [made_up_face(next(iter(labels.values())), 0, "mesh", True, True)]
    return {"labels": labels, "images": images}


def iou(one, other):
    both = np.clip(np.minimum(one[2:], other[2:]) - np.maximum(one[:2], other[:2]), 0, None).prod()
    return both / ((one[2:] - one[:2]).prod() + (other[2:] - other[:2]).prod() - both)


def errors(world):
    found = {}
    for name, label in world["labels"].items():
        rows = [faces for image, faces in world["images"].items() if name in image]
        if not rows:
            continue
        truth = np.array(label["points"])
        frame = box(truth)
        size = np.sqrt((frame[2] - frame[0]) * (frame[3] - frame[1]))
        best = max(rows[0] or [], key=lambda face: iou(np.array(face["box"]), frame), default=None)
        hit = best is not None and iou(np.array(best["box"]), frame) >= 0.3

        def add(what, value):
            found.setdefault(what, []).append((abs(label["angles"][0]), value))

        add("missed", 0.0 if hit else 1.0)
        if not hit:
            continue
        add("nme_5", np.linalg.norm(np.array(best["five"]) - five(truth), axis=1).mean() / size)
        if best["points"]:
            distance = np.linalg.norm(np.array(best["points"]) - truth, axis=1).mean()
            add("nme_68", distance / size)
            add("nme_68_inter_ocular", distance / np.linalg.norm(truth[45] - truth[36]))
        if best["pose"] and max(map(abs, label["angles"])) <= 99:
            turned = np.abs(np.array(best["pose"]["angles"]) - np.array(label["angles"]))
            for angle, value in zip(["yaw", "pitch", "roll"], turned):
                add(f"{angle}_mae_{best['pose']['source']}", value)
            add(f"pose_mae_{best['pose']['source']}", turned.mean())
    return found


def golden(world):
    result = {}
    for what, values in errors(world).items():
        parts = {"all": [value for _, value in values]}
        for name, (low, high) in BINS.items():
            parts[name] = [value for yaw, value in values if low <= yaw <= high]
        result[what] = {
            name: {"value": float(np.mean(part)) if part else None, "faces": len(part)} for name, part in parts.items()
        }
        bins = [result[what][name]["value"] for name in BINS]
        result[what]["mean"] = {"value": None if None in bins else float(np.mean(bins)), "faces": len(values)}
    return result


if __name__ == "__main__":
    made_up = made_up_world()
    (HERE / "aflw_world.json").write_text(json.dumps(made_up) + "\n")
    (HERE / "aflw_golden.json").write_text(json.dumps(golden(made_up), indent=1) + "\n")
