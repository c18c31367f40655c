package org.retinaspark.job.evaluate.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.facetable.FaceArrays;
import org.retinaspark.io.facetable.FaceDetail;
import org.retinaspark.io.facetable.ImageError;
import org.retinaspark.io.facetable.ImageRecord;
import org.retinaspark.io.facetable.TableLayout;
import org.retinaspark.io.facetable.TableSchema;
import org.retinaspark.job.LocalSpark;
import org.retinaspark.job.evaluate.JsonFloats;

/** The made-up tables of {@code mesh_golden.py}, and tables like them. */
final class MeshWorld {

  private MeshWorld() {}

  static JsonNode json(String name) {
    try (InputStream stream = MeshWorld.class.getResourceAsStream(name)) {
      return new ObjectMapper().readTree(Objects.requireNonNull(stream));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes one of the two sides of {@code mesh_world.json}. */
  static void write(String side, TableLayout layout, String uri) {
    List<ImageRecord> records = new ArrayList<>();
    json("mesh_world.json")
        .path(side)
        .properties()
        .forEach(image -> records.add(record(image.getKey(), image.getValue())));
    write(records, layout, uri);
  }

  static void write(List<ImageRecord> records, TableLayout layout, String uri) {
    TableSchema schema =
        new TableSchema(
            layout,
            TableSchema.FIVE_LANDMARKS,
            Set.of(FaceDetail.MESH, FaceDetail.LANDMARKS68, FaceDetail.POSE),
            new StructType());
    JavaRDD<InternalRow> rows =
        JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext())
            .parallelize(records, 2)
            .mapPartitions(
                (FlatMapFunction<Iterator<ImageRecord>, InternalRow>)
                    part -> {
                      List<InternalRow> made = new ArrayList<>();
                      part.forEachRemaining(
                          record ->
                              schema
                                  .writer()
                                  .rows(record)
                                  .forEachRemaining(row -> made.add(row.copy())));
                      return made.iterator();
                    });
    schema.dataset(LocalSpark.session(), rows).write().parquet(uri);
  }

  /** An image that was looked at. */
  static ImageRecord image(String image, FaceArrays faces) {
    return record(image, null, faces);
  }

  private static ImageRecord record(String image, JsonNode faces) {
    return faces.isNull()
        ? record(image, new ImageError("decode", "broken", "cut"), FaceArrays.NONE)
        : record(image, null, faces(faces));
  }

  private static ImageRecord record(String image, @Nullable ImageError error, FaceArrays faces) {
    return new ImageRecord(
        image,
        null,
        "file:/" + image,
        null,
        1,
        null,
        null,
        null,
        error,
        List.of(),
        faces,
        List.of());
  }

  private static FaceArrays faces(JsonNode faces) {
    float[] scores = new float[faces.size()];
    float[] boxes = new float[4 * faces.size()];
    float[] five = new float[10 * faces.size()];
    float[] believed = new float[faces.size()];
    List<float[]> meshes = new ArrayList<>();
    List<FaceArrays.Pose> poses = new ArrayList<>();
    for (int face = 0; face < scores.length; face++) {
      JsonNode told = faces.path(face);
      scores[face] = 0.99f - 0.01f * face;
      System.arraycopy(JsonFloats.of(told.path("box")), 0, boxes, 4 * face, 4);
      System.arraycopy(JsonFloats.of(told.path("five")), 0, five, 10 * face, 10);
      meshes.add(JsonFloats.of(told.path("mesh")));
      believed[face] = told.path("score").floatValue();
      believed[face] = told.path("score").isNull() ? Float.NaN : believed[face];
      poses.add(new FaceArrays.Pose(told.path("yaw").floatValue(), 0, 0, "points"));
    }
    return new FaceArrays(
        scores,
        boxes,
        five,
        new FaceArrays.Mesh("Ring12", meshes, believed),
        List.of(),
        new ArrayList<>(poses),
        List.of());
  }
}
