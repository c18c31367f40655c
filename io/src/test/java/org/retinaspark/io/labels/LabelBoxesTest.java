package org.retinaspark.io.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.retinaspark.io.GroundTruthException;
import org.retinaspark.io.LocalSpark;

final class LabelBoxesTest {

  /** Keys of one, two or three short parts, so that many are ends of others. */
  @Provide
  Arbitrary<List<String>> keys() {
    return Arbitraries.of("a", "b", "ab", "ü")
        .list()
        .ofMinSize(1)
        .ofMaxSize(3)
        .map(parts -> String.join("/", parts) + ".jpg")
        .list()
        .ofMaxSize(12);
  }

  @Property(tries = 300)
  void findsWhatComparingAllWithAllFinds(@ForAll("keys") List<String> some) {
    List<String> labels = List.copyOf(new TreeSet<>(some.subList(0, some.size() / 2)));
    LabelBoxes boxes = boxes(labels);

    for (String photo : some) {
      List<String> fitting =
          labels.contains(photo)
              ? List.of(photo)
              : labels.stream()
                  .filter(label -> label.endsWith("/" + photo) || photo.endsWith("/" + label))
                  .toList();
      int found = boxes.find(photo);

      assertThat(found >= 0 ? boxes.key(found) : Integer.toString(found))
          .as("%s in %s", photo, labels)
          .isEqualTo(fitting.isEmpty() ? "-1" : fitting.size() == 1 ? fitting.get(0) : "-2");
      if (fitting.size() == 1) {
        assertThat(boxes.of(photo))
            .isNotNull()
            .extracting(ImageBoxes::boxes)
            .isEqualTo(box(fitting.get(0)));
      }
    }
  }

  @Test
  void knowsKeysHoweverTheyAreWritten() {
    LabelBoxes boxes = boxes(List.of("0--Parade/a.jpg", "b.png"));

    assertThat(boxes.find("/data\\0--Parade\\a.jpg")).isGreaterThanOrEqualTo(0);
    assertThat(boxes.find("./0--Parade/a")).isGreaterThanOrEqualTo(0);
    assertThat(boxes.of("10--Parade/a.jpg")).isNull();
    assertThat(boxes.of("B.png")).isNull();
    assertThat(boxes(List.of()).of("a.jpg")).isNull();
  }

  @Test
  void pairsPhotosAndRefusesWhatIsAmbiguous() {
    LabelBoxes boxes = boxes(List.of("x/a.jpg", "y/a.jpg", "b.jpg"));

    assertThat(LabelPairing.of(photos("in/x/a.jpg", "c.jpg", "d.jpg"), boxes))
        .isEqualTo(new LabelPairing(3, 1, 2));
    assertThatThrownBy(() -> LabelPairing.of(photos("b.jpg", "a.jpg"), boxes))
        .isInstanceOf(GroundTruthException.class)
        .hasMessageContaining("labels of several images fit photo a.jpg");
    assertThatThrownBy(() -> LabelPairing.of(photos("1/b.jpg", "2/b.jpg"), boxes))
        .isInstanceOf(GroundTruthException.class)
        .hasMessageContaining("the labels of image b.jpg fit 2 photos, [1/b.jpg, 2/b.jpg]");
    assertThatThrownBy(() -> LabelPairing.of(photos("c.jpg"), boxes))
        .isInstanceOf(GroundTruthException.class)
        .hasMessageContaining("none of the 1 photos, such as [c.jpg], is one of the 3 labelled");
  }

  private static JavaRDD<String> photos(String... keys) {
    return JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext())
        .parallelize(List.of(keys), 2);
  }

  private static LabelBoxes boxes(List<String> keys) {
    return new LabelBoxes(
        keys.stream()
            .map(
                key ->
                    new LabelledImage(key, List.of(new LabelledFace(box(key), null, null, false)))
                        .toBytes())
            .toList());
  }

  private static float[] box(String key) {
    return new float[] {key.hashCode(), 0, 1, 2};
  }
}
