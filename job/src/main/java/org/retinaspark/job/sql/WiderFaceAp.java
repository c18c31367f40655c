package org.retinaspark.job.sql;

import static org.apache.spark.sql.functions.flatten;
import static org.apache.spark.sql.functions.transform;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.retinaspark.io.facetable.FaceTable;
import org.retinaspark.job.evaluate.BenchmarkOfRows;
import org.retinaspark.udf.sql.CallOfColumns;
import org.retinaspark.udf.sql.ConstantArguments;
import org.retinaspark.udf.sql.SqlFunction;

/** {@code wider_face_ap}: the benchmark as an aggregate of a query. */
final class WiderFaceAp {

  private static final String NAME = "wider_face_ap";

  /** What the aggregate sees of a row: the image, and five numbers of each face. */
  private static final StructType INPUT =
      new StructType()
          .add("image", DataTypes.StringType)
          .add("numbers", DataTypes.createArrayType(DataTypes.FloatType));

  private WiderFaceAp() {}

  static SqlFunction declared() {
    return new SqlFunction(
        NAME,
        "_FUNC_(image, faces, ground_truth[, options]) - Computes the average precision of the"
            + " WIDER FACE benchmark by the official rules, of the faces of all rows: a struct of"
            + " easy, medium and hard, each from 0 to 1. Images of the ground truth that no row has"
            + " count with all their faces missed.",
        List.of(
            "* image - the key of the image, <event>/<image>.jpg; folders above don't count.",
            "* faces - its faces, as detect_faces or a table of faces has them.",
            "* ground_truth - a constant: the folder of the official .mat files.",
            "* options - a constant map of options of the command evaluate: split, images, dialect,"
                + " bad-input."),
        List.of(
            "> SELECT _FUNC_(image, faces, '/data/ground_truth').hard FROM faces;",
            "> SELECT run, _FUNC_(image, faces, '/data/ground_truth') FROM runs GROUP BY run;"),
        WiderFaceAp::call);
  }

  private static Expression call(List<Expression> arguments) {
    if (arguments.size() < 3 || arguments.size() > 4) {
      throw new IllegalArgumentException(
          "wider_face_ap has %d arguments, but takes the image's key, its faces, the folder of the ground truth and, if you like, a map of options"
              .formatted(arguments.size()));
    }
    String folder = ConstantArguments.text(NAME, arguments.get(2));
    Map<String, String> options =
        arguments.size() == 3 ? Map.of() : ConstantArguments.map(NAME, arguments.get(3));
    BenchmarkOfRows benchmark =
        JobFunctions.forUsers(() -> BenchmarkOfRows.of(SparkSession.active(), folder, options));
    return CallOfColumns.of(
        arguments.subList(0, 2),
        columns ->
            functions
                .udaf(new PrecisionAggregator(benchmark), Encoders.row(INPUT))
                .withName(NAME)
                .apply(columns.get(0), flatten(transform(columns.get(1), FaceTable::boxAndScore))));
  }
}
