package org.retinaspark.udf.network;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.retinaspark.udf.graph.Value;
import org.retinaspark.udf.graph.Window;

/**
 * The feature pyramid (Lin et al., CVPR 2017) in the form of {@code FPN} of {@code models/net.py}
 * of biubug6/Pytorch_Retinaface, which follows InsightFace's: a 1x1 convolution brings each map of
 * the backbone to one number of channels; from the coarsest on, a level is enlarged, added to the
 * next finer one, and a 3x3 convolution merges the sum. Beyond the backbone's last map, levels are
 * 3x3 convolutions of stride 2 (the paper's P6, of C5).
 *
 * @param layers writes the layers
 * @param channels features a cell of each level
 * @param sampling where the merging convolutions look
 */
record FeaturePyramid(Layers layers, int channels, Sampling sampling) {

  /** Narrow pyramids have leaky rectifiers ({@code models/net.py}). */
  static final int NARROW = 64;

  private static final float SLOPE = 0.1f;

  /** The slope of the rectifiers where a level has that many channels. */
  static float slope(int channels) {
    return channels <= NARROW ? SLOPE : 0;
  }

  /**
   * Writes the levels.
   *
   * @param maps the backbone's, by stride
   * @param strides of the levels, each double the one before
   * @return the levels by stride, finest first
   */
  SortedMap<Integer, FeatureMap> levels(
      SortedMap<Integer, FeatureMap> maps, List<Integer> strides) {
    SortedMap<Integer, FeatureMap> levels = new TreeMap<>();
    FeatureMap coarser = null;
    for (int index = strides.size() - 1; index >= 0; index--) {
      int stride = strides.get(index);
      if (stride > maps.lastKey()) {
        levels.put(stride, extra(stride, maps.get(maps.lastKey())));
        continue;
      }
      FeatureMap level = layer("pyramid.lateral." + stride, maps.get(stride));
      if (coarser != null) {
        level = merged(stride, level, coarser);
      }
      levels.put(stride, level);
      coarser = level;
    }
    return levels;
  }

  private FeatureMap extra(int stride, FeatureMap map) {
    String place = "pyramid.extra." + stride;
    return activated(place, layers.convolution(place, map, channels, new Window(3, 2)));
  }

  private FeatureMap layer(String place, FeatureMap map) {
    return activated(place, layers.convolution(place, map, channels, new Window(1, 1)));
  }

  private FeatureMap merged(int stride, FeatureMap lateral, FeatureMap coarser) {
    String place = "pyramid.merge." + stride;
    Value enlarged = layers.graph().enlarged(place + ".up", coarser.value(), lateral.value());
    Value sum = layers.graph().binary(place + ".add", "Add", lateral.value(), enlarged);
    return activated(
        place, layers.convolution(place, new FeatureMap(sum, channels), channels, sampling));
  }

  private FeatureMap activated(String place, FeatureMap map) {
    return layers.activated(place, map, slope(channels));
  }
}
