package org.retinaspark.job.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.retinaspark.job.measures.CocoRanking.Ranked;

/** Parts of a set that are measured apart, sent and merged in any order are the set measured. */
class MergingTest {

  private static final Breakdown BREAKDOWN =
      new Breakdown(
          List.of("easy", "hard"), List.of(new FaceSlice("parity", "even")), List.of("a", "b"));
  private static final ObjectMapper FIELDS =
      new ObjectMapper().setVisibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY);
  private static final Normalisation NORMALISATION = new Normalisation(Dialect.MATLAB_DOUBLE, 0, 1);

  @Provide
  Arbitrary<List<PairedImage>> worlds() {
    return Arbitraries.integers()
        .between(0, 12)
        .flatMap(
            size ->
                Arbitraries.randomValue(
                    random -> IntStream.range(0, size).mapToObj(i -> image(i, random)).toList()));
  }

  @Provide
  Arbitrary<Measure<PairedImage, ?, ?>> measures() {
    Normalisation python = new Normalisation(Dialect.PYTHON, 0, 1);
    return Arbitraries.of(
        new Census(),
        new PrecisionRecall(BREAKDOWN, NORMALISATION, OfficialMatching.DOUBLE),
        new PrecisionRecall(BREAKDOWN, NORMALISATION, OfficialMatching.INT32),
        new PrecisionRecall(BREAKDOWN, python, OfficialMatching.DOUBLE),
        new LandmarkErrors(),
        new CocoBins(BREAKDOWN.subsets(), NORMALISATION),
        new WorstImages(new OperatingPoint(1, 0.3), OfficialMatching.DOUBLE));
  }

  @Property(tries = 400)
  <R, M extends Measure<PairedImage, R, M>> void everyMeasureMergesInAnyOrder(
      @ForAll("worlds") List<PairedImage> world,
      @ForAll("measures") Measure<PairedImage, R, M> measure,
      @ForAll Random random)
      throws Exception {
    assertSame(
        merged(parts(world, measure, random), random).result(), whole(world, measure).result());
  }

  @Property(tries = 100)
  void measuresOfOnePassFindWhatEachFindsAlone(
      @ForAll("worlds") List<PairedImage> world, @ForAll Random random) throws Exception {
    Measures together =
        new Measures(
            List.of(
                new Census(), new LandmarkErrors(), new CocoBins(List.of("easy"), NORMALISATION)));
    Measures merged = merged(parts(world, together, random), random);
    assertSame(merged.result(Census.class), whole(world, new Census()));
    assertSame(merged.result(LandmarkErrors.class), whole(world, new LandmarkErrors()).result());
    assertSame(
        merged.result(CocoBins.class),
        whole(world, new CocoBins(List.of("easy"), NORMALISATION)).result());
  }

  @Property(tries = 200)
  void aRankingMayBeWalkedInAnyNumberOfRanges(
      @ForAll("worlds") List<PairedImage> world, @ForAll Random random) throws Exception {
    CocoBins.Totals totals =
        whole(world, new CocoBins(BREAKDOWN.subsets(), NORMALISATION)).result();
    CocoRanking one = new CocoRanking(totals, NORMALISATION, 1);
    CocoRanking many = new CocoRanking(totals, NORMALISATION, 2 + random.nextInt(30));
    List<Ranked> ranked = ranked(world, many);
    List<CocoEnvelope> parts = new ArrayList<>();
    for (int range = 0; range < many.ranges(); range++) {
      CocoEnvelope part = new CocoEnvelope(many).empty();
      int mine = range;
      ranked.stream().filter(detection -> detection.range() == mine).forEach(part::update);
      parts.add(copy(part));
    }
    CocoEnvelope whole = new CocoEnvelope(one);
    ranked(world, one).forEach(whole::update);
    assertThat(merged(parts, random).result()).isEqualTo(whole.result());
  }

  /** Equal in every field to the last bit: as JSON, whose decimals tell doubles apart. */
  private static void assertSame(Object found, Object expected) throws IOException {
    assertThat(FIELDS.writeValueAsBytes(found)).isEqualTo(FIELDS.writeValueAsBytes(expected));
  }

  @Test
  void twoMeasuresOfOneClassCantBeToldApart() {
    assertThatThrownBy(() -> new Measures(List.of(new LandmarkErrors(), new LandmarkErrors())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("are of one class");
    assertThatThrownBy(() -> new Measures(List.of(new LandmarkErrors())).result(Census.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there is no org.retinaspark.job.measures.Census");
  }

  private static List<Ranked> ranked(List<PairedImage> world, CocoRanking ranking) {
    List<Ranked> all = new ArrayList<>();
    world.forEach(image -> ranking.detections(image).forEachRemaining(all::add));
    all.sort(
        Comparator.comparingInt(Ranked::range)
            .thenComparing(Comparator.comparingDouble(Ranked::score).reversed())
            .thenComparingLong(Ranked::order));
    return all;
  }

  private static <R, M extends Measure<PairedImage, R, M>> M whole(
      List<PairedImage> world, Measure<PairedImage, R, M> measure) {
    M whole = measure.empty();
    world.forEach(whole::update);
    return whole;
  }

  private static <R, M extends Measure<PairedImage, R, M>> List<M> parts(
      List<PairedImage> world, Measure<PairedImage, R, M> measure, Random random) throws Exception {
    List<M> parts =
        Stream.generate(measure::empty).limit(1 + random.nextInt(5)).collect(Collectors.toList());
    List<PairedImage> shuffled = new ArrayList<>(world);
    Collections.shuffle(shuffled, random);
    shuffled.forEach(image -> parts.get(random.nextInt(parts.size())).update(image));
    List<M> sent = new ArrayList<>();
    for (M part : parts) {
      sent.add(copy(part));
    }
    return sent;
  }

  private static <M extends Measure<?, ?, M>> M merged(List<M> parts, Random random) {
    List<M> left = new ArrayList<>(parts);
    while (left.size() > 1) {
      M last = left.remove(random.nextInt(left.size()));
      left.get(random.nextInt(left.size())).merge(last);
    }
    return left.get(0);
  }

  /** Through serialisation, as between tasks. */
  @SuppressWarnings("unchecked")
  private static <M> M copy(M measure) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(measure);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (M) in.readObject();
    }
  }

  /** Few places and scores, so that overlaps and ties are many. */
  private static PairedImage image(int ordinal, Random random) {
    int faces = random.nextInt(5);
    double[] boxes = boxes(faces, random);
    byte[] subsets = new byte[faces];
    int[] slices = new int[faces];
    for (int i = 0; i < faces; i++) {
      subsets[i] = (byte) random.nextInt(4);
      slices[i] = random.nextInt(2);
    }
    Truth truth =
        new Truth(ordinal, random.nextInt(2), boxes, subsets, slices, landmarks(faces, random));
    int count = random.nextInt(12);
    double[] scores =
        random.doubles(count).map(score -> score < 0.05 ? Double.NaN : score).toArray();
    for (int i = 0; i < count; i++) {
      scores[i] = random.nextBoolean() ? random.nextInt(5) / 4.0 : scores[i];
    }
    Detections found = new Detections(boxes(count, random), scores, landmarks(count, random));
    Set<DetectionFault> faults = EnumSet.noneOf(DetectionFault.class);
    Stream.of(DetectionFault.FAILED_IMAGE, DetectionFault.DUPLICATE_IMAGE)
        .filter(fault -> random.nextInt(4) == 0)
        .forEach(faults::add);
    return new PairedImage("image " + ordinal, truth, found, faults);
  }

  private static double[] boxes(int count, Random random) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                DoubleStream.of(
                    4 * random.nextInt(4),
                    4 * random.nextInt(4),
                    8 + random.nextInt(4),
                    8 + random.nextInt(4)))
        .flatMapToDouble(box -> box)
        .toArray();
  }

  private static double[] landmarks(int count, Random random) {
    return random.nextInt(4) == 0
        ? new double[0]
        : random.doubles(10L * count, 0, 16).map(x -> x < 0.2 ? Double.NaN : x).toArray();
  }
}
