package org.retinaspark.io.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.io.GroundTruthException;

/** The four forms of labels, small and sound. */
final class LabelsTest {

  private static final String NONE = " -1 -1 -1".repeat(5);

  @TempDir private Path folder;

  @Test
  void readsRetinaFacesLabels() {
    Path file =
        LabelFiles.write(
            folder.resolve("labels"),
            "# e/a.jpg\n10 20 30 40 12 30 0 30 30 0 20 40 0 14 50 0 28 50 0 0.5\n"
                + ("5 6 7 8" + NONE + " 0.0\n# e/none.jpg\n# e/b.jpg\n1 2 3 4\n")
                + "0 128 28 60 -1 153 0 9 150 0 -0.5 168 0 -2 183 0 18 175 0 0.56\n");

    Labels labels = LabelFiles.read(file);

    assertThat(labels.format()).isEqualTo(LabelFormat.RETINAFACE);
    assertThat(LabelFiles.lines(labels))
        .containsExactly(
            "e/a.jpg | 10 20 40 60 landmarks 12 30 30 30 20 40 14 50 28 50 | 5 6 12 14",
            "e/b.jpg | 1 2 4 6 | 0 128 28 188 landmarks -1 153 9 150 -0.5 168 -2 183 18 175",
            "e/none.jpg");
    assertThat(labels.counts().landmarks()).isEqualTo(2);
    assertThat(labels.counts().faults()).isEmpty();
  }

  @Test
  void readsWiderFacesLabels() {
    Path file =
        LabelFiles.write(
            folder.resolve("label.txt"),
            """
            e/a.jpg
            3
            10 20 30 40 0 0 0 0 0 0
            5 6 7 8 2 0 0 1 2 0
            706 94 0 1 2 0 0 0 1 0
            e/none.jpg
            0
            0 0 0 0 0 0 0 0 0 0
            e/b.jpg
            1
            1 2 3 4 0 0 0 0 0 0
            """);

    Labels labels = LabelFiles.read(file);

    assertThat(labels.format()).isEqualTo(LabelFormat.WIDERFACE);
    assertThat(LabelFiles.lines(labels))
        .containsExactly(
            "e/a.jpg | 10 20 40 60 | ignored 5 6 12 14", "e/b.jpg | 1 2 4 6", "e/none.jpg");
    assertThat(labels.counts().ignored()).isEqualTo(1);
    assertThat(labels.counts().faults()).containsExactly(entry(LabelFault.BOX_WITHOUT_AREA, 1L));
  }

  @Test
  void readsCocoAnnotationsThatStandBeforeTheirImages() {
    String points = "[12,30,2,30,30,1,20,40,2,14,50,2,28,50,2]";
    Path file =
        LabelFiles.write(
            folder.resolve("faces.txt"),
            ("{'annotations':["
                    + "{'image_id':7,'category_id':1,'bbox':[10,20,30,40],'keypoints':%s},"
                    + "{'image_id':7,'category_id':1,'bbox':[5,6,7,8],'iscrowd':1},"
                    + "{'image_id':8,'category_id':1,'bbox':[1,2,3,4],"
                    + "'keypoints':[1,1,2,2,1,2,3,1,0,4,1,2,5,1,2]},"
                    + "{'image_id':8,'category_id':2,'bbox':[1,2,3,4]},"
                    + "{'image_id':8,'category_id':1,'bbox':[1,2,3,5],'keypoints':[1,2,3]},"
                    + "{'image_id':6,'category_id':1,'bbox':[1,2,3,4]}],"
                    + "'categories':[{'id':2,'name':'cat'},{'id':1,'name':'Face'}],"
                    + "'images':[{'id':7,'file_name':'e/a.jpg'},{'id':8,'file_name':'e/b.jpg'}]}")
                .formatted(points)
                .replace('\'', '"'));

    Labels labels = LabelFiles.read(file);

    assertThat(labels.format()).isEqualTo(LabelFormat.COCO);
    assertThat(LabelFiles.lines(labels))
        .containsExactly(
            "e/a.jpg | 10 20 40 60 landmarks 12 30 30 30 20 40 14 50 28 50 | ignored 5 6 12 14",
            "e/b.jpg | 1 2 4 6 | 1 2 4 7");
    assertThat(labels.counts().faults())
        .containsOnly(
            entry(LabelFault.LANDMARKS_INCOMPLETE, 1L),
            entry(LabelFault.LANDMARKS_OTHER_NUMBER, 1L),
            entry(LabelFault.OTHER_CATEGORY, 1L),
            entry(LabelFault.UNKNOWN_IMAGE, 1L));
    LabelRules cats = new LabelRules(LabelFormat.COCO, 0.8f, 0.2f, 0.5f, "cat");
    assertThat(LabelFiles.lines(LabelFiles.read(file, cats)))
        .containsExactly("e/a.jpg", "e/b.jpg | 1 2 4 6");
  }

  @Test
  void readsTablesByScore() {
    Path table =
        LabelFiles.table(
            folder.resolve("table"),
            LabelFiles.image(
                "e/a.jpg",
                LabelFiles.face(0.9, 100, "Mesh2", 0.9),
                LabelFiles.face(0.5, 200, "Mesh2", 0.9),
                LabelFiles.face(0.1, 300, "Mesh2", 0.9)),
            LabelFiles.image("e/b.jpg", LabelFiles.face(0.9, 400, "Mesh2", 0.5)),
            LabelFiles.image("e/none.jpg"),
            "{\"image\":\"e/failed.jpg\",\"status\":\"failed\",\"faces\":[]}");

    Labels labels = LabelFiles.read(table);

    assertThat(labels.format()).isEqualTo(LabelFormat.TABLE);
    assertThat(LabelFiles.lines(labels))
        .containsExactly(
            "e/a.jpg | 100 0 110 20 landmarks 102 5 108 5 105 9 103 15 107 15 mesh 100 1 2 103 4 5"
                + " | ignored 200 0 210 20",
            "e/b.jpg | 400 0 410 20 landmarks 402 5 408 5 405 9 403 15 407 15",
            "e/none.jpg");
    assertThat(labels.requireMesh()).isEqualTo(new LabelMesh("Mesh2", 2));
    assertThat(labels.counts().faults())
        .containsOnly(
            entry(LabelFault.SCORE_UNSURE, 1L),
            entry(LabelFault.SCORE_LOW, 1L),
            entry(LabelFault.MESH_UNSURE, 1L),
            entry(LabelFault.FAILED_IMAGE, 1L));
    ImageBoxes boxes = labels.boxes().of("photos/e/a.jpg");
    assertThat(boxes).isNotNull();
    assertThat(boxes.boxes()).containsExactly(100, 0, 110, 20, 200, 0, 210, 20);
    assertThat(boxes.ignored().get(0)).isFalse();
    assertThat(boxes.ignored().get(1)).isTrue();
  }

  @Test
  void digestsWhatIsSaidAndNotInWhichOrder() {
    String first = LabelFiles.image("a.jpg", LabelFiles.face(0.9, 1, "Mesh2", 0.9));
    String second = LabelFiles.image("b.jpg", LabelFiles.face(0.9, 2, "Mesh2", 0.9));
    String other = LabelFiles.image("b.jpg", LabelFiles.face(0.9, 2, "Mesh2", 0.1));

    String digest = LabelFiles.read(LabelFiles.table(folder.resolve("1"), first, second)).sha256();

    assertThat(LabelFiles.read(LabelFiles.table(folder.resolve("2"), second, first)).sha256())
        .isEqualTo(digest)
        .hasSize(HeldOut.DIGITS);
    assertThat(LabelFiles.read(LabelFiles.table(folder.resolve("3"), first, other)).sha256())
        .isNotEqualTo(digest);
  }

  @Test
  void refusesHeadsThatNoLabelTeaches() {
    Labels labels = LabelFiles.read(LabelFiles.write(folder.resolve("l"), "# a.jpg\n1 2 3 4\n"));

    assertThatThrownBy(labels::requireLandmarks)
        .isInstanceOf(GroundTruthException.class)
        .hasMessageContaining("none of the 1 labelled faces has five landmarks")
        .hasMessageContaining("Leave landmarks out of --heads");
    assertThatThrownBy(labels::requireMesh)
        .isInstanceOf(GroundTruthException.class)
        .hasMessageContaining("detect --mesh-model");
  }
}
