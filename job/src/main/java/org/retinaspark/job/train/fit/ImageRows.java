package org.retinaspark.job.train.fit;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.labels.LabelledFace;
import org.retinaspark.io.samples.ImageSamples;
import org.retinaspark.io.samples.Sample;
import org.retinaspark.io.samples.SampleShape;
import org.retinaspark.udf.detect.family.Anchor;

/**
 * The samples of an image beside its labels, as a fit goes through them again and again: arrays
 * only, since Kryo can't restore records.
 */
final class ImageRows implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final int REFERENCE = 4;

  private final int channels;
  private final int[] views;
  private final int[] anchors;
  private final boolean[] mirrored;
  private final int[] faces;
  private final float[] weights;
  private final float[] overlaps;
  private final float[] references;
  private final float[] features;
  private final float[][] boxes;
  private final float[] @Nullable [] landmarks;
  private final float[] @Nullable [] meshes;

  /**
   * Of an image.
   *
   * @param labelled its faces, with what heads are fitted to
   * @throws IllegalArgumentException if a sample is of a face that isn't labelled
   */
  ImageRows(SampleShape shape, ImageSamples image, List<LabelledFace> labelled) {
    channels = shape.channels();
    int count = image.samples().size();
    views = new int[count];
    anchors = new int[count];
    mirrored = new boolean[count];
    faces = new int[count];
    weights = new float[count];
    overlaps = new float[count];
    references = new float[count * REFERENCE];
    features = new float[count * channels];
    for (int row = 0; row < count; row++) {
      Sample sample = image.samples().get(row);
      if (sample.face() >= labelled.size()) {
        throw new IllegalArgumentException(
            ("sample %d of image '%s' is of face %d, but the labels have %d of that image: nothing"
                    + " was fitted. Give the labels that the samples were extracted with")
                .formatted(row, image.image(), sample.face(), labelled.size()));
      }
      put(row, sample, shape);
    }
    boxes = labelled.stream().map(LabelledFace::box).toArray(float[][]::new);
    landmarks = labelled.stream().map(LabelledFace::landmarks).toArray(float[][]::new);
    meshes = labelled.stream().map(LabelledFace::mesh).toArray(float[][]::new);
  }

  private void put(int row, Sample sample, SampleShape shape) {
    views[row] = sample.view();
    anchors[row] = shape.anchor(sample.level(), sample.size());
    mirrored[row] = sample.mirrored();
    faces[row] = sample.face();
    weights[row] = sample.weight();
    overlaps[row] = sample.iou();
    int at = row * REFERENCE;
    references[at] = sample.x();
    references[at + 1] = sample.y();
    references[at + 2] = sample.width();
    references[at + 3] = sample.height();
    System.arraycopy(sample.features(), 0, features, row * channels, channels);
  }

  /** How many there are. */
  int count() {
    return anchors.length;
  }

  /** The network input that a row was seen in. */
  int view(int row) {
    return views[row];
  }

  /** Which anchor it is, among those of a cell of each level. */
  int anchor(int row) {
    return anchors[row];
  }

  /** Whether its deltas are those of a mirrored face. */
  boolean mirrored(int row) {
    return mirrored[row];
  }

  /** Whether it is of a face. */
  boolean positive(int row) {
    return faces[row] != Sample.NO_FACE;
  }

  /** For how many anchors it stands. */
  float weight(int row) {
    return weights[row];
  }

  /** The IoU of its reference with the face, or the most with any. */
  float overlap(int row) {
    return overlaps[row];
  }

  /** What its deltas are relative to, in pixels of the image's frame. */
  Anchor reference(int row) {
    int at = row * REFERENCE;
    return new Anchor(references[at], references[at + 1], references[at + 2], references[at + 3]);
  }

  /** Its features, with a 1 behind them, which a bias is the weight of. */
  void features(int row, double[] to) {
    for (int channel = 0; channel < channels; channel++) {
      to[channel] = features[row * channels + channel];
    }
    to[channels] = 1;
  }

  /** The labelled box of a positive. */
  float[] box(int row) {
    return boxes[faces[row]];
  }

  /** The labelled landmarks of a positive, if it has any. */
  float @Nullable [] landmarks(int row) {
    return landmarks[faces[row]];
  }

  /** The labelled mesh of a positive, if it has one. */
  float @Nullable [] mesh(int row) {
    return meshes[faces[row]];
  }
}
