"""Reads what `run` has made as others do, and compares what they see.

    python check.py PAGE      in a folder with the tables faces, flat and parted, and the exports coco.json and wider

Every query of PAGE (docs/table.md) is run as it is written. Ends with an error if something is not as it should be.
"""

import ast
import json
import os
import sys
from pathlib import Path

import duckdb
import numpy
import pandas
import polars
import pyarrow.dataset
import pyarrow.parquet
import pycocotools.mask
from deltalake import DeltaTable
from pyspark.sql import SparkSession

import queries

# What all readers are asked for: a row a face, and one for an image without.
COLUMNS = "image status width height face_count best_score modified index score x1 y1 x2 y2 left_eye_x".split()
NESTED = """
    SELECT image, status, width, height, face_count, best_score, {micros}(modified) AS modified, f.index, f.score,
      f.box.x1, f.box.y1, f.box.x2, f.box.y2, f.landmarks.left_eye.x AS left_eye_x
    FROM (SELECT *, {explode}(faces) AS f FROM {table})"""
FLAT = """
    SELECT image, status, width, height, face_count, best_score, {micros}(modified) AS modified, index, score,
      x1, y1, x2, y2, left_eye_x FROM {table}"""


def ordered(rows) -> list[tuple]:
    return sorted((tuple(row) for row in rows), key=lambda row: (row[0], -1 if row[7] is None else row[7]))


def by_duckdb(query: str, table: str) -> list[tuple]:
    return ordered(duckdb.sql(query.format(micros="epoch_us", explode="unnest", table=f"'{table}'")).fetchall())


def by_spark(spark: SparkSession, query: str, table: str) -> list[tuple]:
    text = query.format(micros="unix_micros", explode="explode", table=table)
    return ordered(spark.sql(text).collect())


def of_arrow(table: pyarrow.Table) -> list[tuple]:
    """Nested rows as pyarrow gives them to Python, and so to pandas."""
    rows = []
    for row in table.to_pylist():
        micros = int(pandas.Timestamp(row["modified"]).value // 1000)
        for face in row["faces"]:
            numbers = [face["index"], face["score"], *face["box"].values(), face["landmarks"]["left_eye"]["x"]]
            rows.append([*(row[name] for name in COLUMNS[:6]), micros, *numbers])
    return ordered(rows)


def by_pandas(table: str) -> list[tuple]:
    frame = pandas.read_parquet(table, filters=[("score", ">=", 0)])
    frame["modified"] = frame["modified"].astype("int64") // {"us": 1, "ns": 1000}[frame["modified"].dt.unit]
    return ordered(frame[COLUMNS].astype(object).itertuples(index=False))


def by_polars(table: str) -> list[tuple]:
    frame = polars.read_parquet(f"{table}/*.parquet").explode("faces").unnest("faces")
    frame = frame.filter(polars.col("index").is_not_null())
    frame = frame.with_columns(
        polars.col("modified").dt.epoch("us"),
        polars.col("landmarks").struct.field("left_eye").struct.field("x").alias("left_eye_x"),
    )
    return ordered(frame.unnest("box").select(COLUMNS).rows())


def same_rows(spark: SparkSession) -> int:
    expected = by_duckdb(NESTED, "faces/*.parquet")
    assert expected, "no face in any photo"
    readers = {
        "pyarrow": of_arrow(pyarrow.dataset.dataset("faces", ignore_prefixes=["_", "."]).to_table()),
        "polars": by_polars("faces"),
        "Spark, nested": by_spark(spark, NESTED, "parquet.`faces`"),
        "DuckDB, flat": by_duckdb(FLAT + " WHERE index IS NOT NULL", "flat/*.parquet"),
        "pandas, flat": by_pandas("flat"),
        "Spark, flat": by_spark(spark, FLAT + " WHERE index IS NOT NULL", "parquet.`flat`"),
    }
    compare(readers, expected)
    # A manifest doesn't say when its images were written.
    readers = {
        "Spark, in folders": by_spark(spark, NESTED, "parquet.`parted`"),
        "DuckDB, in folders": by_duckdb(NESTED, "parted/*/*.parquet"),
    }
    compare(readers, [(*row[:6], None, *row[7:]) for row in expected])
    return len(expected)


def compare(readers: dict[str, list[tuple]], expected: list[tuple]) -> None:
    for name, rows in readers.items():
        differing = [pair for pair in zip(rows, expected) if pair[0] != pair[1]]
        assert len(rows) == len(expected) and not differing, (name, len(rows), len(expected), differing[:2])


def times_have_a_zone(spark: SparkSession) -> None:
    file = next(Path("faces").glob("*.parquet"))
    assert str(pyarrow.parquet.read_schema(file).field("modified").type) == "timestamp[us, tz=UTC]"
    assert duckdb.sql(f"SELECT typeof(modified) FROM '{file}'").fetchall()[0] == ("TIMESTAMP WITH TIME ZONE",)
    assert polars.read_parquet_schema(file)["modified"] == polars.Datetime("us", "UTC")
    assert spark.read.parquet("faces").schema["modified"].dataType.simpleString() == "timestamp"


def written_queries(page: Path, spark: SparkSession) -> dict[str, int]:
    """Runs each query of the page; every block belongs to a reader."""
    counts = {"duckdb": 0, "python": 0, "spark": 0}
    names = {"json": json, "numpy": numpy, "pandas": pandas, "polars": polars, "pyarrow": pyarrow}
    names["pycocotools"] = pycocotools
    duckdb.sql("CREATE TABLE made AS SELECT image AS id, uri FROM 'faces/*.parquet'")
    os.makedirs("input", exist_ok=True)
    duckdb.sql("COPY made TO 'input/rows.parquet'")
    for block in queries.blocks(page):
        who = queries.reader(block)
        try:
            if who == "python":
                exec(compile(ast.parse("\n".join(block)), str(page), "exec"), names)
                counts[who] += 1
                continue
            for statement in queries.statements(block):
                found = spark.sql(statement).collect() if who == "spark" else duckdb.sql(statement)
                # COPY gives nothing, every other query a row at the least.
                if not statement.lstrip().startswith("COPY"):
                    assert len(found if who == "spark" else found.fetchall()) > 0, "no rows"
                counts[who] += 1
        except Exception as failure:
            raise AssertionError(f"{who} can't run this of {page}:\n" + "\n".join(block)) from failure
    assert min(counts.values()) > 3, counts
    return counts


def coco() -> int:
    """Detections of the files that pycocotools loaded before: all of the table."""
    images = json.loads(Path("coco.images.json").read_text(encoding="utf-8"))["images"]
    found = json.loads(Path("coco.json").read_text(encoding="utf-8"))
    table = duckdb.sql("SELECT count(*), sum(face_count) FROM 'faces/*.parquet'").fetchall()[0]
    assert (len(images), len(found)) == table, (len(images), len(found), table)
    return len(found)


def wider() -> int:
    """A folder an event, a file an image: its name, the number of faces, then x, y, width, height and score of each."""
    faces = {}
    for file in Path("wider").glob("*/*.txt"):
        name, count, *lines = file.read_text(encoding="utf-8").splitlines()
        assert Path(name).stem == file.stem and int(count) == len(lines), file
        faces[f"{file.parent.name}/{file.stem}"] = [[float(number) for number in line.split(" ")] for line in lines]
    table = duckdb.sql("SELECT image, faces FROM 'faces/*.parquet'").fetchall()
    assert len(table) == len(faces)
    for image, found in table:
        # Rows of the table are best first, and so are the lines.
        boxes = [[*face["box"].values(), face["score"]] for face in found]
        lines = faces[image.rsplit(".", 1)[0]]
        corners = [[x, y, x + width, y + height, score] for x, y, width, height, score in lines]
        numpy.testing.assert_allclose(corners, boxes, rtol=1e-6, atol=2e-3)
    return sum(map(len, faces.values()))


def delta() -> str:
    table = DeltaTable("lake/faces")
    assert of_arrow(table.to_pyarrow_table()) == by_duckdb(NESTED, "faces/*.parquet"), "Delta's rows are others"
    properties = table.metadata().configuration
    assert {"retinaspark.run", "retinaspark.model_sha256", "retinaspark.protocol"} <= set(properties), properties
    return f"{table.version() + 1} versions"


def main() -> None:
    page = Path(sys.argv[1])
    spark = (
        SparkSession.builder.master("local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "1")
        .config("spark.sql.session.timeZone", "America/New_York")
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")
    print(f"interoperation: {same_rows(spark)} faces alike for every reader, Spark {spark.version} among them")
    times_have_a_zone(spark)
    print(f"interoperation: queries of {page.name} that ran: {written_queries(page, spark)}")
    print(f"interoperation: {coco()} faces in COCO's files; {wider()} in WIDER FACE's layout")
    if Path("lake").exists():
        print(f"interoperation: Delta's table has the same rows, {delta()}")


main()
