package org.retinaspark.io.facetable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.LocalSpark;

/** Records of every kind, and the way that an executor makes rows of them. */
final class SampleRecords {

  private static final SparkSession SPARK = LocalSpark.session();

  private SampleRecords() {}

  /** The rows, made where a task runs. */
  static Dataset<Row> rows(TableSchema schema, List<ImageRecord> records) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(SPARK.sparkContext());
    return schema.dataset(SPARK, context.parallelize(records, 2).mapPartitions(new Write(schema)));
  }

  private record Write(TableSchema schema)
      implements FlatMapFunction<Iterator<ImageRecord>, InternalRow> {

    @Override
    public Iterator<InternalRow> call(Iterator<ImageRecord> records) {
      RecordWriter writer = schema.writer();
      return new Iterator<>() {
        private Iterator<InternalRow> rows = Collections.emptyIterator();

        @Override
        public boolean hasNext() {
          while (!rows.hasNext() && records.hasNext()) {
            rows = writer.rows(records.next());
          }
          return rows.hasNext();
        }

        @Override
        public InternalRow next() {
          return rows.next();
        }
      };
    }
  }

  /** Images with faces and without, decoded and not, keys in order. */
  static List<ImageRecord> any(int landmarks, long seed) {
    Random random = new Random(seed);
    List<ImageRecord> records = new ArrayList<>();
    for (int number = 0; number < 40; number++) {
      String key = "e/%03d größe.jpg".formatted(number);
      boolean failed = number % 7 == 3;
      FaceArrays faces =
          failed ? FaceArrays.NONE : faces(random, number % 5 == 0 ? 0 : number, landmarks);
      records.add(
          new ImageRecord(
              key,
              number % 2 == 0 ? null : "shard.tar",
              "s3a://bucket/" + key,
              number % 3 == 0 ? null : "val",
              failed ? -1 : random.nextLong(1L << 40),
              number % 4 == 0 ? "\"etag\"" : null,
              number % 4 == 1 ? Instant.ofEpochSecond(1_600_000_000L + number, 123_000) : null,
              failed ? null : new ImageFrame(1 + number, 2000, 1 + number % 8),
              failed ? new ImageError("read", "empty", number == 3 ? null : "no bytes") : null,
              number % 6 == 0 ? List.of("truncated", "corrupt") : List.of(),
              faces,
              List.of()));
    }
    return records;
  }

  static FaceArrays faces(Random random, int count, int landmarks) {
    return FaceArrays.of(
        floats(random, count), floats(random, 4 * count), floats(random, 2 * landmarks * count));
  }

  static float[] floats(Random random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = i % 11 == 5 ? -0.0f : (random.nextFloat() - 0.2f) * (1 << random.nextInt(12));
    }
    return values;
  }

  /** A record with its arrays in a form that can be compared. */
  static List<@Nullable Object> values(ImageRecord record) {
    return Arrays.asList(
        record.image(),
        record.container(),
        record.uri(),
        record.split(),
        record.length(),
        record.etag(),
        record.modified(),
        record.frame(),
        record.error(),
        record.warnings(),
        values(record.faces()));
  }

  static List<List<Integer>> values(FaceArrays faces) {
    return List.of(bits(faces.scores()), bits(faces.boxes()), bits(faces.landmarks()));
  }

  static List<Integer> bits(float[] values) {
    List<Integer> bits = new ArrayList<>();
    for (float value : values) {
      bits.add(Float.floatToRawIntBits(value));
    }
    return bits;
  }
}
