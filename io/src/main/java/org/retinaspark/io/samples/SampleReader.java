package org.retinaspark.io.samples;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;

/** Reads the samples of an image, in Spark's own form, so that no number is boxed. */
public final class SampleReader implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final int FIELDS = SampleColumns.SAMPLE.size();

  private final SampleShape shape;
  private final String table;

  /**
   * Of a table.
   *
   * @param shape what the samples must look like
   * @param table how errors call it
   */
  public SampleReader(SampleShape shape, String table) {
    this.shape = shape;
    this.table = table;
  }

  /**
   * Reads a value of the column.
   *
   * @throws DamagedSamplesException if a sample doesn't look as it must
   */
  public ImageSamples read(String image, ArrayData array) {
    List<Sample> samples = new ArrayList<>(array.numElements());
    for (int number = 0; number < array.numElements(); number++) {
      try {
        samples.add(sample(array, number));
      } catch (IllegalArgumentException fault) {
        throw new DamagedSamplesException(
            ("%s: sample %d of image '%s' can't be used, since %s: nothing was fitted. Extract"
                    + " the samples anew, with the model whose heads are to be fitted")
                .formatted(table, number, image, fault.getMessage()),
            fault);
      }
    }
    return new ImageSamples(image, samples);
  }

  private Sample sample(ArrayData array, int number) {
    require(!array.isNullAt(number), () -> "it is null");
    InternalRow fields = array.getStruct(number, FIELDS);
    for (int field = 0; field < FIELDS; field++) {
      String name = SampleColumns.SAMPLE.apply(field).name();
      require(!fields.isNullAt(field), () -> "its field '%s' is null".formatted(name));
    }
    Sample sample =
        new Sample(
            fields.getInt(0),
            fields.getInt(1),
            fields.getInt(2),
            fields.getBoolean(3),
            fields.getFloat(4),
            fields.getFloat(5),
            fields.getFloat(6),
            fields.getFloat(7),
            fields.getInt(8),
            fields.getFloat(9),
            fields.getFloat(10),
            features(fields.getArray(FIELDS - 1)));
    check(sample);
    return sample;
  }

  private float[] features(ArrayData array) {
    require(
        array.numElements() == shape.channels(),
        () ->
            "it has %d features, but the model has %d channels"
                .formatted(array.numElements(), shape.channels()));
    for (int channel = 0; channel < shape.channels(); channel++) {
      // A null lies in the array as 0.
      if (array.isNullAt(channel)) {
        throw new IllegalArgumentException("feature %d is null".formatted(channel));
      }
    }
    float[] features = array.toFloatArray();
    for (int channel = 0; channel < features.length; channel++) {
      if (!Float.isFinite(features[channel])) {
        throw new IllegalArgumentException(
            "feature %d is %s".formatted(channel, features[channel]));
      }
    }
    return features;
  }

  private void check(Sample sample) {
    int levels = shape.sizes().size();
    require(
        sample.level() >= 0 && sample.level() < levels,
        () -> "its level is %d, but the model has %d, from 0 on".formatted(sample.level(), levels));
    int sizes = shape.sizes().get(sample.level());
    require(
        sample.size() >= 0 && sample.size() < sizes,
        () ->
            "its size is %d, but level %d has %d anchors a cell, from 0 on"
                .formatted(sample.size(), sample.level(), sizes));
    require(sample.face() >= Sample.NO_FACE, () -> "its face is %d".formatted(sample.face()));
    require(Float.isFinite(sample.iou()), () -> "its IoU is %s".formatted(sample.iou()));
    require(
        sample.weight() > 0 && Float.isFinite(sample.weight()),
        () -> "its weight is %s".formatted(sample.weight()));
    require(
        Float.isFinite(sample.x()) && Float.isFinite(sample.y()),
        () -> "its reference has its centre at %s, %s".formatted(sample.x(), sample.y()));
    require(
        isLength(sample.width()) && isLength(sample.height()),
        () -> "its reference is %s x %s pixels".formatted(sample.width(), sample.height()));
  }

  private static boolean isLength(float length) {
    return length > 0 && Float.isFinite(length);
  }

  private static void require(boolean condition, Supplier<String> fault) {
    if (!condition) {
      throw new IllegalArgumentException(fault.get());
    }
  }
}
