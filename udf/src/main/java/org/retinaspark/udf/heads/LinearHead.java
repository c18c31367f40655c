package org.retinaspark.udf.heads;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A head: of each anchor some numbers, linear in the features of the anchor's cell. The first axis
 * of its tensors runs over the sizes of a cell, and over the values of a size.
 *
 * @param values numbers that it gives an anchor
 * @param weights of each level, finest first, {@code [sizes * values, channels]}; shared, not
 *     copied
 * @param biases of each level {@code [sizes * values]}; shared, not copied
 */
public record LinearHead(int values, List<float[]> weights, List<float[]> biases)
    implements Serializable {

  /**
   * Keeps unmodifiable lists.
   *
   * @throws IllegalArgumentException if the tensors are not of one form
   */
  public LinearHead {
    weights = List.copyOf(weights);
    biases = List.copyOf(biases);
    boolean valid = values > 0 && !weights.isEmpty() && weights.size() == biases.size();
    for (int level = 0; valid && level < biases.size(); level++) {
      int outputs = biases.get(level).length;
      valid = outputs > 0 && outputs % values == 0 && weights.get(level).length % outputs == 0;
    }
    if (!valid) {
      throw new IllegalArgumentException(
          "a head needs for each level a bias of sizes * values numbers, which are %d a size, and"
                  .formatted(values)
              + " as many weights for each channel");
    }
  }

  /** How many levels it is for. */
  public int levels() {
    return biases.size();
  }

  /** Anchors a cell of a level. */
  public int sizes(int level) {
    return biases.get(level).length / values;
  }

  /** Features a cell. */
  public int channels(int level) {
    return weights.get(level).length / biases.get(level).length;
  }

  /**
   * Checks that another head could take its place.
   *
   * @throws IllegalArgumentException if it is of other levels, sizes or channels, or has a value
   *     that is not finite
   */
  void requireFormOf(LinearHead other) {
    if (other.values != values) {
      throw unlike(other);
    }
    requireLevelsOf(other);
  }

  /**
   * Checks that another head, of other values, could stand beside it.
   *
   * @throws IllegalArgumentException likewise
   */
  void requireLevelsOf(LinearHead other) {
    boolean same = other.levels() == levels();
    for (int level = 0; same && level < levels(); level++) {
      same = other.sizes(level) == sizes(level) && other.channels(level) == channels(level);
    }
    if (!same) {
      throw unlike(other);
    }
    other.requireFinite();
  }

  private IllegalArgumentException unlike(LinearHead other) {
    return new IllegalArgumentException(
        "a head of %s doesn't fit this model, which has one of %s".formatted(other.form(), form()));
  }

  private void requireFinite() {
    for (List<float[]> tensors : List.of(weights, biases)) {
      for (float[] tensor : tensors) {
        for (float value : tensor) {
          if (!Float.isFinite(value)) {
            throw new IllegalArgumentException(
                "a head has the weight %s: the fit came to nothing".formatted(value));
          }
        }
      }
    }
  }

  private String form() {
    return IntStream.range(0, levels())
        .mapToObj(level -> "%dx%dx%d".formatted(sizes(level), values, channels(level)))
        .collect(Collectors.joining(", ", "sizes x values x channels ", ""));
  }

  /**
   * What it tells of an anchor.
   *
   * @param size which of the cell's
   * @param features of the cell
   * @return as many numbers as {@code values}
   */
  public float[] at(int level, int size, float[] features) {
    float[] told = Arrays.copyOfRange(biases.get(level), size * values, (size + 1) * values);
    float[] weight = weights.get(level);
    int next = size * values * features.length;
    for (int value = 0; value < values; value++) {
      for (float feature : features) {
        told[value] += weight[next++] * feature;
      }
    }
    return told;
  }
}
