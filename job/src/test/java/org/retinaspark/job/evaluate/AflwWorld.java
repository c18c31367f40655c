package org.retinaspark.job.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.Matrix;

/** The made-up table and labels of {@code aflw_golden.py}. */
final class AflwWorld {

  private final JsonNode world = json("aflw_world.json");

  static JsonNode json(String name) {
    try (InputStream stream = AflwWorld.class.getResourceAsStream(name)) {
      return new ObjectMapper().readTree(Objects.requireNonNull(stream));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  void writeLabels(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (var label : world.path("labels").properties()) {
      Matrix points = Mat5.newMatrix(3, 68);
      for (int i = 0; i < 68; i++) {
        for (int axis = 0; axis < 2; axis++) {
          points.setDouble(axis, i, label.getValue().at("/points/" + i + "/" + axis).asDouble());
        }
      }
      Matrix pose = Mat5.newMatrix(1, 7);
      JsonNode angles = label.getValue().path("angles");
      for (int i = 0; i < 3; i++) {
        // The file has pitch, yaw and roll.
        int from = List.of(1, 0, 2).get(i);
        pose.setDouble(0, i, Math.toRadians(angles.path(from).asDouble()));
      }
      Mat5.writeToFile(
          Mat5.newMatFile().addArray("pt3d_68", points).addArray("Pose_Para", pose),
          folder.resolve(label.getKey() + ".mat").toFile());
    }
  }

  void writeTable(TableLayout layout, String uri) {
    List<ImageRecord> records = new ArrayList<>();
    world
        .path("images")
        .properties()
        .forEach(image -> records.add(record(image.getKey(), image.getValue())));
    TableSchema schema =
        new TableSchema(
            layout,
            TableSchema.FIVE_LANDMARKS,
            Set.of(FaceDetail.LANDMARKS68, FaceDetail.POSE),
            new StructType());
    JavaRDD<InternalRow> rows =
        JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext())
            .parallelize(records, 3)
            .mapPartitions(
                (FlatMapFunction<java.util.Iterator<ImageRecord>, InternalRow>)
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

  private static ImageRecord record(String image, JsonNode faces) {
    return new ImageRecord(
        image,
        null,
        "file:/" + image,
        null,
        1,
        null,
        null,
        null,
        faces.isNull() ? new ImageError("decode", "broken", "cut") : null,
        List.of(),
        faces.isNull() ? FaceArrays.NONE : faces(faces),
        List.of());
  }

  private static FaceArrays faces(JsonNode faces) {
    float[] scores = new float[faces.size()];
    List<float[]> boxes = new ArrayList<>();
    List<float[]> five = new ArrayList<>();
    List<float[]> points = new ArrayList<>();
    List<FaceArrays.@Nullable Pose> poses = new ArrayList<>();
    for (JsonNode face : faces) {
      scores[boxes.size()] = 0.9f - 0.1f * boxes.size();
      boxes.add(JsonFloats.of(face.path("box")));
      five.add(JsonFloats.of(face.path("five")));
      points.add(JsonFloats.of(face.path("points")));
      float[] angles = JsonFloats.of(face.path("pose").path("angles"));
      poses.add(
          angles.length == 0
              ? null
              : new FaceArrays.Pose(
                  angles[0], angles[1], angles[2], face.at("/pose/source").asText()));
    }
    return new FaceArrays(scores, joined(boxes), joined(five), null, points, poses, List.of());
  }

  private static float[] joined(List<float[]> parts) {
    float[] all = new float[parts.stream().mapToInt(part -> part.length).sum()];
    int at = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }
}
