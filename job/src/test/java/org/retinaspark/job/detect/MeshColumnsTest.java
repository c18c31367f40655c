package org.retinaspark.job.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.job.LocalSpark;
import org.retinaspark.job.Photos;
import org.retinaspark.job.UsageException;
import org.retinaspark.udf.detect.MeshTopology;
import org.retinaspark.udf.model.TinyCascade;

/** A detector of two stages with mesh heads, from files to Parquet. */
class MeshColumnsTest {

  @TempDir private Path folder;
  private final SparkSession spark = LocalSpark.session();
  private Path photos;
  private Path model;

  @BeforeEach
  void prepare() throws IOException {
    photos = folder.resolve("photos");
    model = Files.write(folder.resolve("cascade.onnx"), TinyCascade.cascade());
    for (int photo = 0; photo < 4; photo++) {
      Photos.write(photos.resolve(photo + ".png"), photo);
    }
  }

  @Test
  void facesHaveTheirMeshes() throws IOException {
    Dataset<Row> table = detect("--score-threshold", "0.9", "--mesh-min-face", "16");
    List<Row> rows = table.orderBy("image").collectAsList();
    for (int photo = 0; photo < 4; photo++) {
      List<Row> faces = rows.get(photo).getList(rows.get(photo).fieldIndex("faces"));
      assertThat(faces).hasSize(photo);
      for (Row face : faces) {
        Row mesh = face.getAs("mesh");
        assertThat(mesh.<String>getAs("topology")).isEqualTo("Dense");
        assertInPlace(
            mesh.getList(mesh.fieldIndex("vertices")), 3, TinyCascade.DENSE, face.getAs("box"));
        assertInPlace(
            face.getList(face.fieldIndex("landmarks68")), 2, TinyCascade.MESH68, face.getAs("box"));
      }
    }
  }

  @Test
  void rowOfAFaceHasItsMesh() throws IOException {
    Dataset<Row> table =
        detect("--score-threshold", "0.9", "--layout", "faces", "--mesh-min-face", "16");
    assertThat(table.columns())
        .containsSequence("mesh_topology", "mesh_score", "mesh_vertices", "landmarks68", "yaw");
    Dataset<Row> counts =
        table.selectExpr("count(index)", "sum(size(mesh_vertices))", "sum(size(landmarks68))");
    assertThat(counts.first().getLong(0)).isEqualTo(6);
    assertThat(counts.first().getLong(1)).isEqualTo(6 * 240);
    assertThat(counts.first().getLong(2)).isEqualTo(6 * 136);
  }

  @Test
  void smallFacesHaveNone() throws IOException {
    Dataset<Row> faces =
        detect("--score-threshold", "0.9", "--mesh-min-face", "33").selectExpr("inline(faces)");
    assertThat(faces.count()).isEqualTo(6);
    assertThat(faces.filter("mesh is not null or landmarks68 is not null").count()).isZero();
  }

  @Test
  void limitsOfMeshesThatNobodyTellsAreRefused() throws IOException {
    Files.write(model, TinyCascade.oneStage());
    assertThatThrownBy(() -> detect("--mesh-min-score", "0.6"))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("--mesh-min-score says which faces get a mesh")
        .hasMessageEndingWith("or --details pose, or leave it out");
  }

  @Test
  void detectorWithoutMeshHeadsHasNoSuchColumn() throws IOException {
    Files.write(model, TinyCascade.oneStage());
    Dataset<Row> table = detect();
    assertThat(table.selectExpr("inline(faces)").columns())
        .contains("landmarks")
        .doesNotContain("mesh", "landmarks68");
  }

  private Dataset<Row> detect(String... more) throws IOException {
    Path output = folder.resolve("table");
    DetectConfig config = DetectConfigs.of(photos, output, model, more);
    new DetectAction(spark, config, new PrintWriter(Writer.nullWriter())).execute();
    return spark.read().parquet(output.toString());
  }

  /** Whether the first so many axes of the vertices lie where the network has them in a square. */
  private static void assertInPlace(
      List<Float> values, int axes, MeshTopology topology, Row square) {
    assertThat(values).hasSize(axes * topology.vertices());
    float side = square.getFloat(2) - square.getFloat(0);
    assertThat(side).isCloseTo(Photos.SQUARE, within(0.01f));
    float[] centre = {square.getFloat(0) + side / 2, square.getFloat(1) + side / 2, 0};
    for (int vertex = 0; vertex < topology.vertices(); vertex++) {
      for (int axis = 0; axis < axes; axis++) {
        float expected = centre[axis] + TinyCascade.vertex(topology, vertex).get(axis) * side;
        assertThat(values.get(vertex * axes + axis)).isCloseTo(expected, within(0.01f));
      }
    }
  }
}
