"""Face detection on any Spark DataFrame that has images in a column.

The work is done by ``retinaspark.jar``: in a classic session by ``spark.jars``, with Spark Connect
on the server, with ``spark.sql.extensions=org.retinaspark.udf.RetinaSparkExtensions``.
"""

from pyspark.errors import IllegalArgumentException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

__all__ = ["detect", "register"]

_FUNCTION = "detect_faces"
_EXTENSIONS = "org.retinaspark.udf.RetinaSparkExtensions"


def detect(df: DataFrame, content: str, output: str = "detection", **options: object) -> DataFrame:
    """The same rows with one column more: what is found in the image of each.

    :param df: a DataFrame, classic or of Spark Connect
    :param content: the name of the column with the bytes of image files
    :param output: the new column, a struct of status, error, warnings, width, height and faces;
        an image that fails, null among them, is a struct with status ``failed``
    :param options: of the command ``detect``, with underscores for dashes:
        ``score_threshold=0.5, protocol="vga", details=["pose"]``; those that are None stay as
        they are by default
    :raises TypeError: if content is no name
    :raises RuntimeError: if ``retinaspark.jar`` is not in the session
    :raises pyspark.errors.IllegalArgumentException: if there is no such column of bytes, the new one
        is there already, an option is wrong or the model isn't there; with Spark Connect another
        PySparkException, when the rows are asked for
    """
    if not isinstance(content, str):
        raise TypeError(
            f"content is {content!r}, but has to be the name of a column: nothing was done. "
            "Give an expression a name before, by df.withColumn"
        )
    named = {
        name.replace("_", "-"): _text(value) for name, value in options.items() if value is not None
    }
    if _is_classic(df.sparkSession):
        java = _java(df.sparkSession)
        given = df.sparkSession._jvm.java.util.HashMap()
        for name, value in named.items():
            given.put(name, value)
        return DataFrame(java.detect(df._jdf, content, given, output), df.sparkSession)
    if output.lower() in (name.lower() for name in df.columns):
        raise IllegalArgumentException(
            f"the DataFrame has a column '{output}' already, which would be lost: "
            "give the new one another name with output="
        )
    arguments = [df[content]]
    if named:
        pairs = [F.lit(text) for pair in named.items() for text in pair]
        arguments.append(F.create_map(*pairs))
    return df.withColumn(output, F.call_function(_FUNCTION, *arguments))


def register(spark: SparkSession) -> None:
    """Makes detect_faces, face_crop, image_info and wider_face_ap known to a session's SQL.

    A Spark Connect server has to know them already, by its extensions.

    :raises RuntimeError: if ``retinaspark.jar`` is not in the session
    """
    if _is_classic(spark):
        _java(spark).register(spark._jsparkSession)
    elif not spark.catalog.functionExists(_FUNCTION):
        raise RuntimeError(
            f"the Spark Connect server doesn't know {_FUNCTION}: start it with retinaspark.jar in "
            f"spark.jars, and with spark.sql.extensions={_EXTENSIONS}"
        )


def _is_classic(spark: SparkSession) -> bool:
    return hasattr(spark, "_jsparkSession")


def _java(spark: SparkSession):
    from py4j.java_gateway import JavaClass  # Spark Connect goes without

    java = spark._jvm.org.retinaspark.udf.RetinaSpark
    if not isinstance(java, JavaClass):  # a name that is not there is a package to py4j
        raise RuntimeError(
            "RetinaSpark is not in this session: build it (bin/retinaspark --version), and start "
            "Spark with .config('spark.jars', '.../job/target/retinaspark.jar') or --jars. A session "
            "that has begun takes no more jars: restart the notebook's kernel, or Python"
        )
    return java


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return ",".join(_text(part) for part in value)
    return str(value)
