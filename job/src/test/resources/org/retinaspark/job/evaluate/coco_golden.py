"""COCO metrics of WIDER FACE detections by pycocotools, the golden values of CocoGoldenTest.

Usage: coco_golden.py GROUND_TRUTH_DIR DETECTIONS_DIR IMAGE_LIST > coco_golden.json
Needs: numpy, scipy and pycocotools from PyPI. Image ids follow the official ground truth.
A face outside a subset is ignored, as an object outside an area range is; `all` ignores none.
"""

import contextlib
import json
import os
import sys
from importlib.metadata import version

from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval
from scipy.io import loadmat

LIMITS = [1, 10, 100, 1000]


class SubsetEval(COCOeval):
    """COCOeval, with `ignore` of the annotations honoured (it overwrites it with `iscrowd`)."""

    def _prepare(self):
        super()._prepare()
        for faces in self._gts.values():
            for face in faces:
                face["ignore"] = face["outside"]


def read(ground_truth, detections, wanted):
    truth = loadmat(os.path.join(ground_truth, "wider_face_val.mat"))
    subsets = {
        name: loadmat(os.path.join(ground_truth, f"wider_{name}_val.mat"))["gt_list"]
        for name in ("easy", "medium", "hard")
    }
    images, faces, found = [], [], []
    for e, event in enumerate(truth["event_list"]):
        event = event[0][0]
        for i, name in enumerate(truth["file_list"][e][0]):
            key = f"{event}/{name[0][0]}"
            if key + ".jpg" not in wanted:
                continue
            image = len(images) + 1
            images.append({"id": image, "file_name": key + ".jpg"})
            counted = {n: set(s[e][0][i][0].flatten().tolist()) for n, s in subsets.items()}
            for f, box in enumerate(truth["face_bbx_list"][e][0][i][0].astype(float)):
                faces.append(
                    {
                        "id": len(faces) + 1,
                        "image_id": image,
                        "category_id": 1,
                        "bbox": box.tolist(),
                        "area": float(box[2] * box[3]),
                        "iscrowd": 0,
                        "subsets": [n for n in counted if f + 1 in counted[n]],
                    }
                )
            with open(os.path.join(detections, key + ".txt")) as lines:
                for line in lines.read().splitlines()[2:]:
                    *box, score = map(float, line.split())
                    found.append(
                        {"image_id": image, "category_id": 1, "bbox": box, "score": score}
                    )
    return images, faces, found


def evaluate(images, faces, found, subset):
    for face in faces:
        face["outside"] = int(subset != "all" and subset not in face["subsets"])
    truth = COCO()
    truth.dataset = {
        "info": {},
        "images": images,
        "annotations": faces,
        "categories": [{"id": 1, "name": "face"}],
    }
    truth.createIndex()
    evaluation = SubsetEval(truth, truth.loadRes(found), "bbox")
    evaluation.params.maxDets = LIMITS
    evaluation.params.areaRng = [[0, 1e10]]
    evaluation.params.areaRngLbl = ["all"]
    evaluation.evaluate()
    evaluation.accumulate()
    precision = evaluation.eval["precision"][:, :, 0, 0, :]
    recall = evaluation.eval["recall"][:, 0, 0, :]
    return {
        str(limit): {
            "ap": precision[:, :, m].mean(),
            "ap50": precision[0, :, m].mean(),
            "ap75": precision[5, :, m].mean(),
            "ar": recall[:, m].mean(),
        }
        for m, limit in enumerate(LIMITS)
    }


def main():
    with open(sys.argv[3]) as lines:
        wanted = set(lines.read().split())
    with contextlib.redirect_stdout(sys.stderr):
        data = read(sys.argv[1], sys.argv[2], wanted)
        metrics = {s: evaluate(*data, s) for s in ("easy", "medium", "hard", "all")}
    packages = ("numpy", "scipy", "pycocotools")
    versions = {name: version(name) for name in packages}
    json.dump({"versions": versions, "metrics": metrics}, sys.stdout, indent=1)
    print()


main()
