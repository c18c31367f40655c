"""Loads the golden export as people do: COCO(images) and loadRes(results). Needs pycocotools.

    python3 coco_export_golden.py [RESULTS]

without an argument for golden.json beside this file, whose bytes CocoExportTest holds the export to.
"""
import pathlib
import sys

from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

results = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).with_name("golden.json"))
coco = COCO(str(results.with_suffix("")) + ".images.json")
found = coco.loadRes(str(results))
for image in coco.loadImgs(coco.getImgIds()):
    print(image, len(found.getAnnIds(imgIds=image["id"])), "detections")
print(coco.loadCats(coco.getCatIds()))
# Scored against themselves the detections are all right, so that every field is used.
truth = COCO()
truth.dataset = {**coco.dataset, "annotations": [dict(each) for each in found.dataset["annotations"]]}
truth.createIndex()
evaluation = COCOeval(truth, found, "bbox")
evaluation.evaluate()
evaluation.accumulate()
evaluation.summarize()
assert evaluation.stats[0] > 0.999
