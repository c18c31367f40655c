package org.retinaspark.udf.train.sampling;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.retinaspark.udf.detect.AnchorLevel;
import org.retinaspark.udf.detect.family.Anchor;
import org.retinaspark.udf.train.matching.AnchorMatching;
import org.retinaspark.udf.train.matching.AnchorPlace;
import org.retinaspark.udf.train.matching.Matches;
import org.retinaspark.udf.train.matching.References;

/** Samples as they are described, by lists of all anchors that are sorted. */
final class NaiveSamples {

  private final RandomOutputs outputs;
  private final SampleCounts counts;
  private final List<AnchorPlace> places = new ArrayList<>();
  private final Matches matches;

  NaiveSamples(RandomOutputs outputs, SampleCounts counts) {
    this.outputs = outputs;
    this.counts = counts;
    List<AnchorLevel> levels = outputs.family().anchors();
    for (int level = 0; level < levels.size(); level++) {
      for (int row = 0; row < levels.get(level).cells(128); row++) {
        for (int column = 0; column < levels.get(level).cells(192); column++) {
          for (int size = 0; size < levels.get(level).sizes().size(); size++) {
            places.add(new AnchorPlace(level, row, column, size));
          }
        }
      }
    }
    References references = References.anchors(outputs.family(), 192, 128);
    int stages = outputs.family().stages().size();
    if (stages == 2) {
      references =
          references.refined(outputs.family().coder(), FloatBuffer.wrap(outputs.outputs().get(0)));
    }
    this.matches =
        AnchorMatching.by(outputs.family().stages().get(stages - 1))
            .match(references, outputs.view().seen(outputs.faces()));
  }

  Set<Integer> positives() {
    Map<Integer, List<Integer>> byFace = new TreeMap<>();
    for (int index = 0; index < places.size(); index++) {
      if (matches.face(index) >= 0) {
        byFace.computeIfAbsent(matches.face(index), face -> new ArrayList<>()).add(index);
      }
    }
    Set<Integer> positives = new TreeSet<>();
    for (List<Integer> face : byFace.values()) {
      face.sort(Comparator.comparingDouble(index -> -matches.intersectionOverUnion(index)));
      positives.addAll(face.subList(0, Math.min(counts.positivesAFace(), face.size())));
    }
    return positives;
  }

  Set<Integer> hardest() {
    List<Integer> negatives = new ArrayList<>();
    for (int index = 0; index < places.size(); index++) {
      if (matches.face(index) == Matches.NEGATIVE) {
        negatives.add(index);
      }
    }
    negatives.sort(Comparator.comparingDouble(index -> -margin(places.get(index))));
    int wanted =
        Math.max(counts.negativesAView(), counts.negativesAPositive() * positives().size());
    return Set.copyOf(negatives.subList(0, Math.min(wanted, negatives.size())));
  }

  /** Of each level and size how many anchors match no face. */
  Map<String, Double> negatives() {
    Map<String, Double> negatives = new TreeMap<>();
    for (int index = 0; index < places.size(); index++) {
      if (matches.face(index) == Matches.NEGATIVE) {
        negatives.merge(kind(places.get(index)), 1.0, Double::sum);
      }
    }
    return negatives;
  }

  /** Of each level and size how many anchors the negatives among these samples stand for. */
  static Map<String, Double> negatives(List<AnchorSample> samples) {
    Map<String, Double> negatives = new TreeMap<>();
    for (AnchorSample sample : samples) {
      if (sample.face() == Matches.NEGATIVE) {
        negatives.merge(kind(sample.place()), (double) sample.weight(), Double::sum);
      }
    }
    return negatives;
  }

  static String kind(AnchorPlace place) {
    return place.level() + "/" + place.size();
  }

  private double margin(AnchorPlace place) {
    return logit(place, 1) - logit(place, 0);
  }

  private double logit(AnchorPlace place, int value) {
    int row = place.size() * 2 + value;
    double logit = outputs.miner().biases().get(place.level())[row];
    for (int channel = 0; channel < RandomOutputs.CHANNELS; channel++) {
      logit +=
          (double) features(place)[channel]
              * outputs
                  .miner()
                  .weights()
                  .get(place.level())[row * RandomOutputs.CHANNELS + channel];
    }
    return logit;
  }

  float[] features(AnchorPlace place) {
    AnchorLevel level = outputs.family().anchors().get(place.level());
    int columns = level.cells(192);
    int cells = columns * level.cells(128);
    float[] features = new float[RandomOutputs.CHANNELS];
    for (int channel = 0; channel < features.length; channel++) {
      features[channel] =
          outputs.map(place.level())[channel * cells + place.row() * columns + place.column()];
    }
    return features;
  }

  /** In network pixels: the square of the anchor, or what the first stage made of it. */
  Anchor reference(AnchorPlace place) {
    AnchorLevel level = outputs.family().anchors().get(place.level());
    float x = (place.column() + 0.5f) * level.stride();
    float y = (place.row() + 0.5f) * level.stride();
    float side = level.sizes().get(place.size());
    if (outputs.family().stages().size() == 1) {
      return new Anchor(x, y, side, side);
    }
    // Variances of 0.1 and 0.2.
    float[] boxes = outputs.outputs().get(0);
    int at = places.indexOf(place) * 4;
    return new Anchor(
        x + boxes[at] * 0.1f * side,
        y + boxes[at + 1] * 0.1f * side,
        side * (float) Math.exp(boxes[at + 2] * 0.2f),
        side * (float) Math.exp(boxes[at + 3] * 0.2f));
  }

  /** Which anchors these are. */
  Set<Integer> places(List<AnchorSample> samples, boolean positive) {
    return samples.stream()
        .filter(sample -> positive == sample.face() >= 0)
        .map(sample -> places.indexOf(sample.place()))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
