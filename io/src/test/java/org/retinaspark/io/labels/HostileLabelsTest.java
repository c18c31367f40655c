package org.retinaspark.io.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.retinaspark.io.GroundTruthException;
import org.retinaspark.io.UnusableLocationException;

/** Labels that are broken, odd or meant to harm. */
final class HostileLabelsTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                     | none of the forms of labels",
        "GIF89a                                 | none of the forms of labels",
        "# a.jpg;1 2 x 4                        | line 2: \"1 2 x 4\" should start with x y w h",
        "# a.jpg;1 2 3 4;# ./a.jpg;5 6 7 8      | line 3: image a.jpg comes a second time",
        "a.jpg;2147483647;1 2 3 4 0 0 0 0 0 0   | has 2147483647 faces, but 1 lines follow",
        "a.jpg;2;1 2 3 4 0 0 0 0 0 0            | has 2 faces, but 1 lines follow",
        "a.jpg;1;1 2 3 4 0 0 0 0 0 0;a.jpg;0    | image a.jpg is labelled twice",
        "{]                                     | it is no JSON, or is cut",
        "{\"images\":[{\"id\":1,\"file_name\":\"a\"} | it is no JSON, or is cut",
        "{\"images\":[]}                        | it has no images with id and file_name",
        "{\"images\":[{\"id\":1}]}              | has no whole id or no file_name",
      })
  void refuses(String content, String message) {
    Path file = LabelFiles.write(folder.resolve("labels"), content.replace(';', '\n'));

    assertThatThrownBy(() -> LabelFiles.read(file))
        .isInstanceOf(GroundTruthException.class)
        .hasMessageContaining(message);
  }

  @Test
  void refusesCocoThatNamesNoFacesOrNamesThemTwice() {
    assertThatThrownBy(() -> coco("'id':1", "{'id':1,'name':'dog'},{'id':2,'name':'cat'}", ""))
        .hasMessageContaining("of its categories [dog, cat] none is 'face'");
    assertThatThrownBy(() -> coco("'id':1", "{'id':1,'name':'face'}", null))
        .hasMessageContaining("it has no annotations");
    assertThatThrownBy(
            () ->
                coco(
                    "'id':1", "{'id':1,'name':'face'}", "{'image_id':1,'bbox':" + "[".repeat(2000)))
        .isInstanceOf(GroundTruthException.class);
  }

  @Test
  void countsCocoNumbersThatAreNone() {
    Labels labels =
        coco(
            "'id':1",
            "{'id':1,'name':'face'}",
            "{'image_id':1,'category_id':1,'bbox':[NaN,1,2,3]},"
                + "{'image_id':1,'category_id':1,'bbox':[0,1,1e30,3]},"
                + "{'image_id':1,'category_id':1,'bbox':[0,1,[2],{}]},"
                + "{'image_id':1,'category_id':1,'bbox':'all'},"
                + "{'image_id':1,'category_id':1},"
                + "{'image_id':1,'category_id':1,'bbox':[0,1,-2,3]},"
                + "{'image_id':'1','category_id':1,'bbox':[0,1,2,3]}");

    assertThat(labels.counts().faults())
        .containsOnly(
            entry(LabelFault.BOX_NOT_FINITE, 3L),
            entry(LabelFault.BOX_MISSING, 2L),
            entry(LabelFault.BOX_WITHOUT_AREA, 1L),
            entry(LabelFault.UNKNOWN_IMAGE, 1L));
    assertThat(labels.counts().faces()).isZero();
  }

  private Labels coco(String image, String categories, @Nullable String annotations) {
    String content =
        "{'images':[{%s,'file_name':'a.jpg'}],'categories':[%s]%s}"
            .formatted(
                image,
                categories,
                annotations == null ? "" : ",'annotations':[" + annotations + "]");
    return LabelFiles.read(
        LabelFiles.write(folder.resolve("coco.json"), content.replace('\'', '"')));
  }

  @Test
  void leavesOutPointsThatAreNoneOrFarAndKeepsTheFace() {
    Path file =
        LabelFiles.write(
            folder.resolve("l"),
            """
            \uFEFF# a.jpg
            0 0 10 10 2 2 0 NaN 2 0 5 5 0 3 8 0 7 8 0 0.5
            0 0 10 10 2 2 0 8 2 0 5 5 0 3 8 0 7 30 0 0.5
            0 0 10 10 2 2 0 8 2 0 5 5 0 3 8 0 7 19 0 0.5
            0 0 Infinity 10
            """
                .replace("\n", "\r\n"));

    Labels labels = LabelFiles.read(file);

    assertThat(labels.counts().faces()).isEqualTo(3);
    assertThat(labels.counts().landmarks()).isEqualTo(1);
    assertThat(labels.counts().faults())
        .containsOnly(
            entry(LabelFault.LANDMARKS_INCOMPLETE, 1L),
            entry(LabelFault.LANDMARKS_FAR, 1L),
            entry(LabelFault.BOX_NOT_FINITE, 1L));
  }

  @Test
  void refusesLandmarksOfTheOtherOrder() {
    Path file =
        LabelFiles.write(
            folder.resolve("l"), "# a.jpg\n0 0 10 10 8 2 0 2 2 0 5 5 0 7 8 0 3 8 0 0.5\n");

    assertThatThrownBy(() -> LabelFiles.read(file))
        .isInstanceOf(GroundTruthException.class)
        .hasMessageContaining("of 1 faces with landmarks")
        .hasMessageContaining("1 have the first eye right of the second");
  }

  @Test
  void refusesMeshesOfTwoKindsAndOtherTables() {
    Path table =
        LabelFiles.table(
            folder.resolve("table"),
            LabelFiles.image("a.jpg", LabelFiles.face(0.9, 1, "Mesh2", 0.9)),
            LabelFiles.image("b.jpg", LabelFiles.face(0.9, 1, "Other", 0.9)));
    assertThatThrownBy(() -> LabelFiles.read(table))
        .isInstanceOf(GroundTruthException.class)
        .hasMessageContaining("of several kinds, [Mesh2 2, Other 2]");

    LabelFiles.SPARK.range(3).write().parquet(folder.resolve("numbers").toString());
    assertThatThrownBy(() -> LabelFiles.read(folder.resolve("numbers")))
        .isInstanceOf(UnusableLocationException.class)
        .hasMessageContaining("has the columns [id], so it isn't a detection table");
  }
}
