"""Tries the package on a folder of photos: classic, then with a local Spark Connect server.

    python check_functions.py RETINASPARK_JAR MODEL PHOTOS (classic|connect)

Ends with an error if something is not as it should be. A process has one kind of session.
"""

import sys
from pathlib import Path

from pyspark.sql import SparkSession
from pyspark.sql import functions as F

import retinaspark

FIELDS = ["status", "error", "warnings", "width", "height", "faces"]


def session(jar: str, kind: str) -> SparkSession:
    builder = SparkSession.builder.config("spark.jars", jar).config("spark.ui.enabled", "false")
    if kind == "connect":
        return (
            builder.remote("local[2]")
            .config("spark.sql.extensions", "org.retinaspark.udf.RetinaSparkExtensions")
            .getOrCreate()
        )
    return builder.master("local[2]").getOrCreate()


def check(spark: SparkSession, model: str, photos: str) -> None:
    files = sorted(str(path) for path in Path(photos).rglob("*.jpg"))[:12]
    rows = [(path, bytearray(Path(path).read_bytes())) for path in files]
    rows += [("text", bytearray(b"no image")), ("null", None)]
    images = spark.createDataFrame(rows, "path string, content binary").repartition(2)

    retinaspark.register(spark)
    found = retinaspark.detect(images, "content", model=model, score_threshold=0.5, mesh_model=None)
    assert found.columns == ["path", "content", "detection"], found.columns
    assert found.select("detection.*").columns == FIELDS
    counts = {row.path: (row.status, row.n) for row in statuses(found)}
    assert len(counts) == len(rows), counts
    assert counts["text"] == ("failed", 0) and counts["null"] == ("failed", 0), counts
    assert all(counts[path][0] == "ok" for path in files), counts
    assert sum(n for _, n in counts.values()) > 0, "no face in any photo"

    images.createOrReplaceTempView("images")
    options = f"map('model', '{model}', 'score-threshold', '0.5')"
    queried = spark.sql(f"SELECT path, detect_faces(content, {options}) AS detection FROM images")
    assert {row.path: (row.status, row.n) for row in statuses(queried)} == counts
    crops = spark.sql(
        f"SELECT image_info(face_crop(content, face)) AS crop FROM"
        f" (SELECT content, explode(detect_faces(content, {options}).faces) AS face FROM images)"
    ).collect()
    assert {(row.crop.format, row.crop.width) for row in crops} == {("PNG", 112)}, crops[:3]

    wrong = None
    try:
        retinaspark.detect(images, "content", size=5).collect()
    except Exception as error:
        wrong = str(error).partition("JVM stacktrace:")[0]  # which Spark Connect adds
    assert wrong and "'size' is no option" in wrong and "\tat org." not in wrong, wrong
    try:
        retinaspark.detect(images, F.col("content"))
        raise AssertionError("a column instead of its name was taken")
    except TypeError as error:
        assert "has to be the name of a column" in str(error), error
    print(f"{len(files)} photos, {sum(n for _, n in counts.values())} faces: as it should be")


def statuses(found):
    return found.select(
        "path", F.col("detection.status").alias("status"), F.size("detection.faces").alias("n")
    ).collect()


if __name__ == "__main__":
    jar, model, photos, kind = sys.argv[1:]
    spark = session(jar, kind)
    try:
        check(spark, model, photos)
    finally:
        spark.stop()
