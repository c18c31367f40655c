package org.retinaspark.udf.sql;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Expression;

/** {@code detect_faces}: the call of a detection. */
final class DetectFacesFunction {

  private static final String NAME = "detect_faces";

  private final FunctionProvider provider;

  DetectFacesFunction(FunctionProvider provider) {
    this.provider = provider;
  }

  SqlFunction declared() {
    return new SqlFunction(
        NAME,
        "_FUNC_(content[, options]) - Finds the faces in an image file: a struct of status, error,"
            + " warnings, width, height and faces. An image that fails, and null, is a struct with"
            + " status 'failed' and an error, no exception.",
        List.of(
            "* content - the bytes of the file, BINARY: JPEG, PNG, WebP and more.",
            "* options - a constant map of options of the command detect, by their names without"
                + " dashes: model, protocol, score-threshold, mesh-model, provider, threads..."),
        List.of(
            "> SELECT path, _FUNC_(content).faces FROM photos;",
            "> SELECT path, _FUNC_(content, map('score-threshold', '0.5')) AS d FROM photos;",
            "> SELECT path, face.* FROM photos LATERAL VIEW explode(_FUNC_(content).faces) t AS"
                + " face;"),
        this::call);
  }

  private Expression call(List<Expression> arguments) {
    if (arguments.isEmpty() || arguments.size() > 2) {
      throw new IllegalArgumentException(
          "detect_faces has %d arguments, but takes an image's bytes and, if you like, a map of options"
              .formatted(arguments.size()));
    }
    return on(
        SparkSession.active(),
        arguments.get(0),
        arguments.size() == 1 ? Map.of() : ConstantArguments.map(NAME, arguments.get(1)));
  }

  DetectFacesExpression on(SparkSession spark, Expression content, Map<String, String> options) {
    return new DetectFacesExpression(provider.detection(spark, options), content);
  }
}
