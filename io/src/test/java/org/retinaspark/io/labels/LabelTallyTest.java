package org.retinaspark.io.labels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import org.junit.jupiter.api.Test;
import scala.reflect.ClassTag;

final class LabelTallyTest {

  @Property(tries = 100)
  void isTheSameHoweverImagesAreParted(
      @ForAll @Size(max = 8) List<@IntRange(max = 5) Integer> some, @ForAll int seed) {
    LabelTally whole = new LabelTally();
    LabelTally one = new LabelTally();
    LabelTally other = new LabelTally();
    for (int number : some) {
      add(whole, number);
    }
    for (int number : reversed(some)) {
      add((seed >> number & 1) == 0 ? one : other, number);
    }
    LabelTally merged = other.merge(one);

    assertThat(merged.counts()).isEqualTo(whole.counts());
    assertThat(merged.sha256Hex()).isEqualTo(whole.sha256Hex());
    add(merged, 6);
    assertThat(merged.sha256Hex()).isNotEqualTo(whole.sha256Hex());
  }

  @Test
  void travelsByKryoToo() {
    LabelTally tally = new LabelTally();
    add(tally, 3);
    tally.add(new LabelMesh("Mesh2", 2));
    SerializerInstance kryo = new KryoSerializer(new SparkConf(false)).newInstance();

    LabelTally back =
        kryo.deserialize(
            kryo.serialize(tally, ClassTag.apply(LabelTally.class)),
            ClassTag.apply(LabelTally.class));

    back.count(LabelFault.MESH_FAR);
    tally.count(LabelFault.MESH_FAR);
    assertThat(back.counts()).isEqualTo(tally.counts());
    assertThat(back.sha256Hex()).isEqualTo(tally.sha256Hex());
    assertThat(back.mesh("table")).hasValue(new LabelMesh("Mesh2", 2));
    PairedPhotos photos =
        kryo.deserialize(
            kryo.serialize(new PairedPhotos("a"), ClassTag.apply(PairedPhotos.class)),
            ClassTag.apply(PairedPhotos.class));
    assertThat(photos.first()).isEqualTo("a");
  }

  private static List<Integer> reversed(List<Integer> numbers) {
    List<Integer> reversed = new ArrayList<>(numbers);
    Collections.reverse(reversed);
    return reversed;
  }

  private static void add(LabelTally tally, int number) {
    float[] box = {number, 0, number + 1, 1};
    tally.add(
        new LabelledImage(
            number + ".jpg", List.of(new LabelledFace(box, null, null, number % 2 == 0))));
    tally.count(number > 2 ? LabelFault.MESH_FAR : LabelFault.BOX_MISSING);
  }
}
