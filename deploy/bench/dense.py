"""Prints figures of dense localisation.

    dense.py beside METRICS.json...    evaluations on AFLW2000-3D beside each other
    dense.py five TABLE                the detector's five points beside the mesh's, on the 100 largest faces of a table
"""
import json
import sys

import numpy as np
import pyarrow.dataset

COLUMNS = ["all", "0-30", "30-60", "60-90", "mean"]
FIVE = ["left_eye", "right_eye", "nose", "left_mouth", "right_mouth"]
LEAST_SCORE = 0.9
LARGEST = 100
BOUND = 0.07


def beside(*reports):
    print(f"{'':44}" + "".join(f"{name:>16}" for name in COLUMNS))
    for report in reports:
        with open(report, encoding="utf-8") as file:
            metrics = json.load(file)["metrics"]
        for name in dict.fromkeys(metric["name"] for metric in metrics):
            by_slice = {metric["slice"]: metric for metric in metrics if metric["name"] == name}
            unit = 1 if "_mae_" in name else 100
            cells = ""
            for column in COLUMNS:
                value = by_slice[column]["value"]
                cells += f"{'-' if value is None else format(value * unit, '.2f'):>16}"
            print(f"{report.split('/')[-2]:20}{name:24}{cells}")


def derived(points):
    """The five points that the 68 give: means of the eyes' six, tip of the nose, corners of the mouth."""
    return np.stack([points[36:42].mean(0), points[42:48].mean(0), points[30], points[48], points[54]])


def five(table):
    faces = []
    for row in pyarrow.dataset.dataset(table).to_table(columns=["image", "faces"]).to_pylist():
        for face in row["faces"] or []:
            box = face["box"]
            width, height = box["x2"] - box["x1"], box["y2"] - box["y1"]
            if face["score"] >= LEAST_SCORE and face["landmarks68"]:
                mine = np.array([[face["landmarks"][name]["x"], face["landmarks"][name]["y"]] for name in FIVE])
                theirs = derived(np.array(face["landmarks68"]).reshape(68, 2))
                distance = np.linalg.norm(mine - theirs, axis=1).mean() / np.sqrt(width * height)
                faces.append((min(width, height), distance, row["image"], face["mesh"]["score"]))
    faces = sorted(faces, reverse=True)[:LARGEST]
    distances = np.array([face[1] for face in faces])
    print(f"{len(faces)} faces, the smallest of {faces[-1][0]:.0f} pixels: mean {100 * distances.mean():.2f}% of the "
          f"square root of the box's area, median {100 * np.median(distances):.2f}%, "
          f"{(distances > BOUND).sum()} above {100 * BOUND:.0f}%")
    for size, distance, image, score in sorted(faces, key=lambda face: -face[1])[:5]:
        print(f"  {100 * distance:.1f}% {image}, {size:.0f} pixels, score of the mesh {score:.3f}")


if __name__ == "__main__":
    {"beside": beside, "five": five}[sys.argv[1]](*sys.argv[2:])
