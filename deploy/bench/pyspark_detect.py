"""The common way: PySpark's mapInPandas over binaryFile, OpenCV, Python's onnxruntime; numpy decodes and suppresses.

    pyspark_detect.py MODEL PROTOCOL PHOTOS OUT INTRA_OP_THREADS    (0: the default of onnxruntime, all cores)

Prints a line of JSON: seconds from the first task to the written Parquet, images, faces. It does what a careful user
does: one session a worker process, kept from task to task, batches of rows small enough for memory, Arrow both ways.
"""
import json
import sys
import time

import numpy as np

MEAN = np.array([104, 117, 123], np.float32)
ANCHORS = {8: (16, 32), 16: (64, 128), 32: (256, 512)}
SCHEMA = "path string, faces array<struct<score float, box array<float>, landmarks array<float>>>"


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


def faces(session, content, protocol):
    import cv2

    image = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR | cv2.IMREAD_IGNORE_ORIENTATION)
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


def detector(model, protocol, threads):
    def detect(batches):
        import builtins

        import cv2
        import onnxruntime
        import pandas

        cv2.setNumThreads(1)
        # Spark keeps its Python workers: the session outlives the task.
        session = getattr(builtins, "retinaface_session", None)
        if session is None:
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = threads
            session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
            builtins.retinaface_session = session
        for batch in batches:
            yield pandas.DataFrame(
                {"path": batch.path, "faces": [faces(session, content, protocol) for content in batch.content]}
            )

    return detect


def main(model, protocol, photos, out, threads):
    from pyspark.sql import SparkSession
    from pyspark.sql import functions as F

    spark = (
        SparkSession.builder.master("local[2]")
        .config("spark.driver.memory", "2g")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "16")
        # Eight tasks at least; binaryFile's default puts 404 photos into one or two.
        .config("spark.sql.files.maxPartitionBytes", "8m")
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")
    table = spark.read.format("binaryFile").option("recursiveFileLookup", "true").load(photos).select("path", "content")
    started = time.monotonic()
    table.mapInPandas(detector(model, protocol, int(threads)), SCHEMA).write.mode("overwrite").parquet(out)
    seconds = time.monotonic() - started
    counted = F.size(F.filter("faces", lambda face: face.score >= 0.5))
    images, found = spark.read.parquet(out).agg(F.count("*"), F.sum(counted)).first()
    print(json.dumps({"seconds": round(seconds, 3), "images": images, "faces": found}))


if __name__ == "__main__":
    main(*sys.argv[1:])
