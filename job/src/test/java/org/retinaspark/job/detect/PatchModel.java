package org.retinaspark.job.detect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.retinaspark.job.model.ModelFile;
import org.retinaspark.udf.graph.NetworkBuilder;
import org.retinaspark.udf.heads.FeatureModel;
import org.retinaspark.udf.heads.LinearHead;
import org.retinaspark.udf.model.ModelDescription;
import org.retinaspark.udf.model.RecognitionOptions;

/**
 * A made-up detector of the PyTorch family, whose features are easily computed by other means: of
 * each level one convolution of the cell's own pixels by weights from the seed.
 *
 * @param weights of each level {@code [CHANNELS, 3, stride, stride]}
 */
public record PatchModel(List<float[]> weights) {

  static final int CHANNELS = 4;
  static final int[] STRIDES = {8, 16, 32};
  static final int SIZES = 2;

  /** Of random weights. */
  public static PatchModel of(int seed) {
    Random random = new Random(seed);
    List<float[]> weights = new ArrayList<>();
    for (int stride : STRIDES) {
      weights.add(noise(random, CHANNELS * 3 * stride * stride, 0.01f / stride));
    }
    return new PatchModel(weights);
  }

  static float[] noise(Random random, int length, float deviation) {
    float[] noise = new float[length];
    for (int i = 0; i < length; i++) {
      noise[i] = (float) random.nextGaussian() * deviation;
    }
    return noise;
  }

  static LinearHead miner(int seed) {
    Random random = new Random(seed);
    List<float[]> weights = new ArrayList<>();
    List<float[]> biases = new ArrayList<>();
    for (int level = 0; level < STRIDES.length; level++) {
      weights.add(noise(random, SIZES * 2 * CHANNELS, 1));
      biases.add(noise(random, SIZES * 2, 0.1f));
    }
    return new LinearHead(2, weights, biases);
  }

  /** The detector with its feature maps, recognised as what it is without. */
  public FeatureModel write(Path file) {
    try {
      Files.write(file, network(List.of()));
      ModelDescription model =
          ModelFile.read(file.toString(), RecognitionOptions.BY_FILE, new Configuration())
              .description();
      List<String> outputs = new ArrayList<>(model.outputs());
      List<String> maps = List.of("fine", "middle", "coarse");
      outputs.addAll(maps);
      return new FeatureModel(
          network(maps),
          new ModelDescription(
              model.name(),
              "0".repeat(64),
              model.origin(),
              model.family(),
              model.format(),
              model.input(),
              model.size(),
              outputs));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private byte[] network(List<String> maps) {
    NetworkBuilder network = new NetworkBuilder();
    String image = network.input("image", "batch", "3", "height", "width");
    List<String> features = new ArrayList<>();
    for (int level = 0; level < STRIDES.length; level++) {
      int stride = STRIDES[level];
      features.add(
          network.convolution(
              image,
              network.floats(
                  List.of((long) CHANNELS, 3L, (long) stride, (long) stride), weights.get(level)),
              network.floats(List.of((long) CHANNELS), new float[CHANNELS]),
              stride,
              stride,
              0,
              stride - 1));
    }
    network.output(head(network, features, 4), "boxes", "batch", "anchors", "4");
    String classes = network.along("Softmax", 2, head(network, features, 2));
    network.output(classes, "scores", "batch", "anchors", "2");
    network.output(head(network, features, 10), "points", "batch", "anchors", "10");
    for (int level = 0; level < maps.size(); level++) {
      network.output(
          features.get(level), maps.get(level), "batch", "" + CHANNELS, "r" + level, "c" + level);
    }
    return network.model().toByteArray();
  }

  private static String head(NetworkBuilder network, List<String> features, int values) {
    Random random = new Random(values);
    String[] levels = new String[STRIDES.length];
    for (int level = 0; level < levels.length; level++) {
      long outputs = (long) SIZES * values;
      String told =
          network.convolution(
              features.get(level),
              network.floats(
                  List.of(outputs, (long) CHANNELS, 1L, 1L),
                  noise(random, (int) outputs * CHANNELS, 0.1f)),
              network.floats(List.of(outputs), new float[(int) outputs]),
              1,
              1,
              0,
              0);
      levels[level] = network.reshape(network.transpose(told, 0, 2, 3, 1), 0, -1, values);
    }
    return network.along("Concat", 1, levels);
  }
}
