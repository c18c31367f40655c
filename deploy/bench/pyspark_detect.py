"""The common way: PySpark's mapInPandas over binaryFile, OpenCV, Python's onnxruntime; numpy decodes and suppresses.

    pyspark_detect.py MODEL PROTOCOL PHOTOS OUT INTRA_OP_THREADS    (0: the default of onnxruntime, all cores)

Prints a line of JSON: seconds from the first task to the written Parquet, images, faces. It does what a careful user
does: one session a worker process, kept from task to task, batches of rows small enough for memory, Arrow both ways.
"""
import json
import sys
import time

import retinaface

SCHEMA = "path string, faces array<struct<score float, box array<float>, landmarks array<float>>>"


def detector(model, protocol, threads):
    def detect(batches):
        import builtins

        import pandas

        # Spark keeps its Python workers: the session outlives the task.
        session = getattr(builtins, "retinaface_session", None)
        if session is None:
            session = builtins.retinaface_session = retinaface.open_session(model, threads)
        for batch in batches:
            found = [retinaface.faces(session, retinaface.decode(content), protocol) for content in batch.content]
            yield pandas.DataFrame({"path": batch.path, "faces": found})

    return detect


def main(model, protocol, photos, out, threads):
    from pyspark.sql import SparkSession

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
    spark.sparkContext.addPyFile(retinaface.__file__)
    table = spark.read.format("binaryFile").option("recursiveFileLookup", "true").load(photos).select("path", "content")
    started = time.monotonic()
    table.mapInPandas(detector(model, protocol, int(threads)), SCHEMA).write.mode("overwrite").parquet(out)
    seconds = time.monotonic() - started
    print(json.dumps({"seconds": round(seconds, 3), **retinaface.counted(out)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
