"""RetinaFace in numpy and OpenCV around Python's onnxruntime: the part that all Python ways of deploy/bench/run share."""
import numpy as np

MEAN = np.array([104, 117, 123], np.float32)
ANCHORS = {8: (16, 32), 16: (64, 128), 32: (256, 512)}
COUNTED = 0.5


def open_session(model, threads):
    """A session whose convolutions use so many threads (0: the default of onnxruntime, all cores); OpenCV gets one."""
    import cv2
    import onnxruntime

    cv2.setNumThreads(1)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def decode(content):
    """The pixels of a JPEG file as [height, width, 3] in BGR, as they are stored: EXIF turns nothing."""
    import cv2

    return cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR | cv2.IMREAD_IGNORE_ORIENTATION)


def priors(height, width):
    """Centres and sizes in pixels, [anchors, 3]; the order of biubug6's prior_box.py."""
    levels = []
    for stride, sizes in ANCHORS.items():
        y, x, size = np.meshgrid(np.arange(-(-height // stride)), np.arange(-(-width // stride)), sizes, indexing="ij")
        levels.append(np.stack([(x + 0.5) * stride, (y + 0.5) * stride, size], -1).reshape(-1, 3))
    return np.concatenate(levels).astype(np.float32)


def suppress(boxes, threshold):
    """py_cpu_nms.py; the boxes come best first."""
    x1, y1, x2, y2 = boxes.T
    areas = (x2 - x1 + 1) * (y2 - y1 + 1)
    order, keep = np.arange(len(boxes)), []
    while order.size:
        best, rest = order[0], order[1:]
        keep.append(best)
        width = np.maximum(0, np.minimum(x2[best], x2[rest]) - np.maximum(x1[best], x1[rest]) + 1)
        height = np.maximum(0, np.minimum(y2[best], y2[rest]) - np.maximum(y1[best], y1[rest]) + 1)
        common = width * height
        order = rest[common / (areas[best] + areas[rest] - common) <= threshold]
    return keep


def faces(session, image, protocol):
    """The faces of an image in BGR, best first, in its own pixels."""
    import cv2

    scale = 1 if protocol == "original" else 640 / max(image.shape[:2])
    if scale != 1:
        image = cv2.resize(image, None, fx=scale, fy=scale)
    tensor = np.ascontiguousarray((image.astype(np.float32) - MEAN).transpose(2, 0, 1)[None])
    boxes, classes, points = (output[0] for output in session.run(None, {session.get_inputs()[0].name: tensor}))
    kept = np.nonzero(classes[:, 1] > 0.02)[0]
    kept = kept[np.argsort(-classes[kept, 1], kind="stable")[:5000]]
    prior = priors(*image.shape[:2])[kept]
    size = prior[:, 2:]
    centres = prior[:, :2] + boxes[kept, :2] * 0.1 * size
    sides = size * np.exp(boxes[kept, 2:] * 0.2)
    corners = np.concatenate([centres - sides / 2, centres + sides / 2], 1) / scale
    landmarks = (prior[:, None, :2] + points[kept].reshape(-1, 5, 2) * 0.1 * size[:, None]).reshape(-1, 10) / scale
    return [
        {"score": float(classes[kept[i], 1]), "box": corners[i].tolist(), "landmarks": landmarks[i].tolist()}
        for i in suppress(corners, 0.4)[:750]
    ]


def counted(folder):
    """Images, and faces of score 0.5 and more, in the Parquet files of a folder."""
    import pyarrow.compute as compute
    import pyarrow.dataset as dataset

    table = dataset.dataset(folder, format="parquet", exclude_invalid_files=True).to_table(["faces"])
    scores = compute.struct_field(compute.list_flatten(table["faces"]).combine_chunks(), "score")
    return {"images": table.num_rows, "faces": compute.sum(compute.greater_equal(scores, COUNTED)).as_py()}
