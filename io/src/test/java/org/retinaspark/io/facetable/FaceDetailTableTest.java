package org.retinaspark.io.facetable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.execution.FileSourceScanExec;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.retinaspark.io.LocalSpark;
import scala.jdk.javaapi.CollectionConverters;

/** Meshes, points, poses and parts come back as they were written, from tables of every age. */
final class FaceDetailTableTest {

  private static final Set<FaceDetail> ALL = EnumSet.allOf(FaceDetail.class);
  private static final Set<FaceDetail> MESH_AND_POSE = EnumSet.of(FaceDetail.MESH, FaceDetail.POSE);

  @TempDir private Path folder;
  private int tables;

  static Stream<Arguments> layoutsAndDetails() {
    return Stream.of(TableLayout.values())
        .flatMap(
            layout ->
                Stream.of(ALL, Set.<FaceDetail>of(), MESH_AND_POSE)
                    .map(details -> Arguments.of(layout, details)));
  }

  @ParameterizedTest
  @MethodSource("layoutsAndDetails")
  void whatTheTableHasComesBackAndNothingElse(TableLayout layout, Set<FaceDetail> details) {
    List<ImageRecord> records = DetailSamples.any(5, details.size());
    FaceTable table = FaceTable.of(stored(layout, 5, details, records), "it");

    assertThat(table.details()).isEqualTo(details);
    assertThat(table.first(1000).stream().map(record -> DetailSamples.values(record.faces())))
        .isEqualTo(expected(records, details));
    List<ImageRecord> distributed =
        table.records(ALL).collect().stream()
            .sorted(Comparator.comparing(ImageRecord::image))
            .toList();
    assertThat(distributed.stream().map(SampleRecords::values))
        .isEqualTo(records.stream().map(SampleRecords::values).toList());
    assertThat(distributed.stream().map(record -> DetailSamples.values(record.faces())))
        .isEqualTo(expected(records, details));
  }

  @ParameterizedTest
  @EnumSource(TableLayout.class)
  void whatIsAskedForComesBackAndNothingElse(TableLayout layout) {
    List<ImageRecord> records = DetailSamples.any(0, 3);
    FaceTable table = FaceTable.of(stored(layout, 0, ALL, records), "it");
    for (FaceDetail asked : FaceDetail.values()) {
      List<ImageFaces> faces =
          table.faces(Set.of(asked)).collect().stream()
              .sorted(Comparator.comparing(ImageFaces::image))
              .toList();
      assertThat(faces.stream().map(image -> DetailSamples.values(image.faces())))
          .isEqualTo(expected(records, Set.of(asked)));
    }
  }

  @ParameterizedTest
  @EnumSource(TableLayout.class)
  void ofWhatNobodyAsksForNothingIsRead(TableLayout layout) {
    Dataset<Row> rows = stored(layout, 5, ALL, DetailSamples.any(5, 4));
    assertThat(read(rows, layout, Set.of(FaceDetail.POSE)))
        .contains("yaw", "roll", "source", "left_eye")
        .doesNotContain("vertices", "topology", "landmarks68", "parts", "carried", "warnings");
    assertThat(read(rows, layout, Set.of(FaceDetail.MESH)))
        .contains("topology", "vertices")
        .doesNotContain("yaw", "landmarks68", "parts");
  }

  @Test
  void tablesWithoutScoreOfTheMeshAndSourceOfThePoseAreRead() {
    assertOld(old(), MESH_AND_POSE);
    assertOld(flat(old()), MESH_AND_POSE);
  }

  /** As {@code --resume} puts rows of an older run together with its own. */
  @ParameterizedTest
  @EnumSource(TableLayout.class)
  void rowsOfAnOlderRunStandBesideNewOnes(TableLayout layout) {
    List<ImageRecord> records = DetailSamples.any(0, 5);
    Dataset<Row> old = layout == TableLayout.IMAGES ? old() : flat(old());
    Dataset<Row> both = old.unionByName(stored(layout, 0, ALL, records), true);
    assertOld(both.where("image = 'a'"), ALL);
    assertThat(
            FaceTable.of(both, "it").first(1000).stream()
                .skip(1)
                .map(record -> DetailSamples.values(record.faces())))
        .isEqualTo(expected(records, ALL));
  }

  private static Dataset<Row> old() {
    return LocalSpark.session()
        .sql(
            """
            select 'a' as image, 'ok' as status, array(
              named_struct('index', 0, 'score', 0.5f,
                'box', named_struct('x1', 1f, 'y1', 2f, 'x2', 3f, 'y2', 4f),
                'mesh', named_struct('topology', 'Dense', 'vertices', array(1f, 2f, 3f)),
                'pose', named_struct('yaw', 7f, 'pitch', 8f, 'roll', 9f)),
              named_struct('index', 1, 'score', 0.25f,
                'box', named_struct('x1', 1f, 'y1', 2f, 'x2', 3f, 'y2', 4f),
                'mesh', null, 'pose', null)) as faces
            """);
  }

  private static Dataset<Row> flat(Dataset<Row> old) {
    return old.selectExpr("image", "status", "inline(faces)")
        .selectExpr(
            "image",
            "status",
            "index",
            "score",
            "box.*",
            "mesh.topology as mesh_topology",
            "mesh.vertices as mesh_vertices",
            "pose.*");
  }

  private static void assertOld(Dataset<Row> rows, Set<FaceDetail> details) {
    FaceTable table = FaceTable.of(rows, "it");
    assertThat(table.details()).isEqualTo(details);
    FaceArrays faces = table.first(1).get(0).faces();
    FaceArrays.Mesh mesh = Objects.requireNonNull(faces.mesh());
    assertThat(mesh.topology()).isEqualTo("Dense");
    assertThat(mesh.vertices()).containsExactly(new float[] {1, 2, 3}, new float[0]);
    assertThat(mesh.scores()).containsExactly(Float.NaN, Float.NaN);
    assertThat(faces.pose()).containsExactly(new FaceArrays.Pose(7, 8, 9, null), null);
    assertThat(faces.landmarks68()).allMatch(points -> points.length == 0);
  }

  @Test
  void meshesOfOneImageAreOfOneTopologyAndAMissingNumberIsNone() {
    FaceArrays faces =
        FaceTable.of(
                foreign(
                    """
                    'mesh', named_struct('topology', topology, 'score', 0.5d,
                      'vertices', array(1d, null, 3d)),
                    'pose', named_struct('yaw', 1f, 'pitch', cast(null as float), 'roll', 2f)\
                    """),
                "it")
            .first(1)
            .get(0)
            .faces();
    FaceArrays.Mesh mesh = Objects.requireNonNull(faces.mesh());
    assertThat(mesh.topology()).isEqualTo("A");
    assertThat(mesh.vertices())
        .containsExactly(new float[0], new float[] {1, Float.NaN, 3}, new float[0]);
    assertThat(mesh.scores()).containsExactly(Float.NaN, 0.5f, Float.NaN);
    assertThat(faces.pose()).containsExactly(null, null, null);
  }

  @Test
  void columnsOfOtherKindsAreNotTakenForDetails() {
    FaceTable table =
        FaceTable.of(
            foreign("'mesh', 'm', 'pose', array(1f), 'landmarks68', array('x'), 'parts', array(1)"),
            "it");
    assertThat(table.details()).isEmpty();
    assertThat(table.first(1).get(0).faces().count()).isEqualTo(3);
  }

  @Test
  void carriedColumnsMayNotHaveTheNamesOfDetailsThatTheRunLacks() {
    assertThatThrownBy(
            () ->
                new TableSchema(
                    TableLayout.FACES, List.of(), Set.of(), StructType.fromDDL("Yaw FLOAT")))
        .hasMessageStartingWith("the input's column 'Yaw' has the name of one of the table:");
  }

  /** Three faces: of no topology, of A and of B. */
  private static Dataset<Row> foreign(String fields) {
    return LocalSpark.session()
        .sql(
            """
            select 'a' as image, transform(array(null, 'A', 'B'), topology -> named_struct(
              'score', 0.5f, 'box', named_struct('x1', 1f, 'y1', 2f, 'x2', 3f, 'y2', 4f), %s))
              as faces
            """
                .formatted(fields));
  }

  private static List<List<Object>> expected(List<ImageRecord> records, Set<FaceDetail> details) {
    return records.stream()
        .map(record -> DetailSamples.values(DetailSamples.only(record.faces(), details)))
        .toList();
  }

  /** The names of all columns and fields that the scan of the files takes. */
  private static String read(Dataset<Row> rows, TableLayout layout, Set<FaceDetail> details) {
    TableReading reading =
        layout == TableLayout.IMAGES
            ? new TableReading(rows)
            : new TableReading(FlatFaces.gathered(rows, details));
    List<String> scans = new ArrayList<>();
    CollectionConverters.asJava(reading.faces(details).queryExecution().sparkPlan().collectLeaves())
        .forEach(leaf -> scans.add(((FileSourceScanExec) leaf).requiredSchema().treeString()));
    return String.join("\n", scans);
  }

  private Dataset<Row> stored(
      TableLayout layout, int landmarks, Set<FaceDetail> details, List<ImageRecord> records) {
    List<String> names = landmarks == 0 ? List.of() : TableSchema.FIVE_LANDMARKS;
    TableSchema schema = new TableSchema(layout, names, details, new StructType());
    String table = folder.resolve("table" + tables++).toString();
    SampleRecords.rows(schema, records).write().parquet(table);
    return LocalSpark.session().read().parquet(table);
  }
}
