package org.retinaspark.udf.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.types.StructType;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.retinaspark.io.facetable.RecordWriter;
import org.retinaspark.io.facetable.TableLayout;
import org.retinaspark.io.facetable.TableSchema;
import org.retinaspark.udf.detect.Box;
import org.retinaspark.udf.detect.Face;
import org.retinaspark.udf.detect.Point;
import org.retinaspark.udf.pipeline.FaceDetails;
import org.retinaspark.udf.pipeline.ImageInput;
import org.retinaspark.udf.pipeline.ImageResult;

/** One image's result to what Spark writes. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class RowBenchmark {

  /** Faces in the image. */
  @Param({"5", "750"})
  public int faces = 5;

  private static final TableSchema SCHEMA =
      new TableSchema(TableLayout.IMAGES, TableSchema.FIVE_LANDMARKS, Set.of(), new StructType());

  private final RecordWriter writer = SCHEMA.writer();
  private final UnsafeProjection projection = UnsafeProjection.create(SCHEMA.columns());
  private ImageResult result = result(1);

  /** Makes the result. */
  @Setup
  public void open() {
    result = result(faces);
  }

  /** Encodes it. */
  @Benchmark
  public InternalRow encode() {
    return projection.apply(writer.rows(ImageRecords.of(result, "val")).next());
  }

  private static ImageResult result(int faces) {
    ImageInput input =
        new ImageInput(
            "1.jpg", null, "file:/1.jpg", 100_000, null, null, List.of(), () -> new byte[0]);
    List<Face> found = new ArrayList<>();
    for (int face = 0; face < faces; face++) {
      List<Point> landmarks = new ArrayList<>();
      for (int point = 0; point < 5; point++) {
        landmarks.add(new Point(face + point, face - point));
      }
      found.add(new Face(0.9f, new Box(face, face, face + 10, face + 10), landmarks));
    }
    return new ImageResult(
        input, new ImageResult.Frame(1024, 768, 1), List.of(), null, found, FaceDetails.NONE, null);
  }
}
