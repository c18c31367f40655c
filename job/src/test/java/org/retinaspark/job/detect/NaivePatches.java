package org.retinaspark.job.detect;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.retinaspark.udf.heads.LinearHead;

/**
 * What {@link PatchModel} sees of a photo whose sides are multiples of 32, by loops over its
 * pixels, and which anchors are samples where each face is matched by its IoU alone.
 *
 * @param photo mirrored, if the view is
 * @param box of the one face, in pixels of the photo that isn't mirrored
 */
record NaivePatches(PatchModel model, BufferedImage photo, float[] box) {

  private static final int[] MEAN = {104, 117, 123};
  private static final float[][] SIDES = {{16, 32}, {64, 128}, {256, 512}};
  private static final double MATCHING = 0.35;

  /** An anchor of a view. */
  record Place(int level, int row, int column, int size) {}

  List<Place> places() {
    List<Place> places = new ArrayList<>();
    for (int level = 0; level < PatchModel.STRIDES.length; level++) {
      int stride = PatchModel.STRIDES[level];
      for (int row = 0; row < photo.getHeight() / stride; row++) {
        for (int column = 0; column < photo.getWidth() / stride; column++) {
          for (int size = 0; size < PatchModel.SIZES; size++) {
            places.add(new Place(level, row, column, size));
          }
        }
      }
    }
    return places;
  }

  double[] features(Place place) {
    int stride = PatchModel.STRIDES[place.level()];
    float[] weights = model.weights().get(place.level());
    double[] features = new double[PatchModel.CHANNELS];
    int at = 0;
    for (int channel = 0; channel < features.length; channel++) {
      for (int colour = 0; colour < 3; colour++) {
        for (int y = 0; y < stride; y++) {
          for (int x = 0; x < stride; x++) {
            int rgb = photo.getRGB(place.column() * stride + x, place.row() * stride + y);
            int level = (rgb >> (8 * colour)) & 0xff;
            features[channel] += weights[at++] * (level - MEAN[colour]);
          }
        }
      }
    }
    return features;
  }

  /** x, y and side of an anchor in the photo that isn't mirrored. */
  float[] reference(Place place, boolean mirrored) {
    int stride = PatchModel.STRIDES[place.level()];
    float x = (place.column() + 0.5f) * stride;
    return new float[] {
      mirrored ? photo.getWidth() - x : x,
      (place.row() + 0.5f) * stride,
      SIDES[place.level()][place.size()]
    };
  }

  double overlap(Place place, boolean mirrored) {
    float[] anchor = reference(place, mirrored);
    double left = Math.max(box[0], anchor[0] - anchor[2] / 2);
    double right = Math.min(box[2], anchor[0] + anchor[2] / 2);
    double top = Math.max(box[1], anchor[1] - anchor[2] / 2);
    double bottom = Math.min(box[3], anchor[1] + anchor[2] / 2);
    double both = Math.max(0, right - left) * Math.max(0, bottom - top);
    double area = (box[2] - box[0]) * (box[3] - box[1]);
    return both / (area + anchor[2] * anchor[2] - both);
  }

  Set<Place> positives(boolean mirrored) {
    Set<Place> positives = new HashSet<>(places());
    positives.removeIf(place -> overlap(place, mirrored) < MATCHING);
    return positives;
  }

  Set<Place> hardest(boolean mirrored, LinearHead miner, int count) {
    List<Place> negatives = new ArrayList<>(places());
    negatives.removeIf(place -> overlap(place, mirrored) >= MATCHING);
    Map<Place, Double> margins = new HashMap<>();
    negatives.forEach(place -> margins.put(place, margin(place, miner)));
    negatives.sort(Comparator.comparingDouble(place -> -margins.getOrDefault(place, 0.0)));
    return Set.copyOf(negatives.subList(0, count));
  }

  private double margin(Place place, LinearHead miner) {
    double[] features = features(place);
    double margin = 0;
    for (int value = 0; value < 2; value++) {
      int row = place.size() * 2 + value;
      double logit = miner.biases().get(place.level())[row];
      for (int channel = 0; channel < features.length; channel++) {
        logit +=
            features[channel] * miner.weights().get(place.level())[row * features.length + channel];
      }
      margin += value == 1 ? logit : -logit;
    }
    return margin;
  }
}
