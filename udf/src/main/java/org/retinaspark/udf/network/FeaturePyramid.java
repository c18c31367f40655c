package org.retinaspark.udf.network;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
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
   * @param maps the backbone's, finest first
   * @param strides of the levels, finest first
   * @return the levels, finest first
   */
  List<FeatureMap> levels(List<FeatureMap> maps, List<Integer> strides) {
    Deque<FeatureMap> levels = new ArrayDeque<>();
    FeatureMap coarser = null;
    for (int index = maps.size() - 1; index >= 0; index--) {
      FeatureMap map = maps.get(index);
      if (strides.contains(map.stride())) {
        FeatureMap level = layer("pyramid.lateral." + map.stride(), map);
        coarser = coarser == null ? level : merged(level, coarser);
        levels.addFirst(coarser);
      }
    }
    FeatureMap last = maps.get(maps.size() - 1);
    strides.stream()
        .filter(stride -> stride > last.stride())
        .forEach(stride -> levels.addLast(extra(stride, last)));
    return List.copyOf(levels);
  }

  private FeatureMap extra(int stride, FeatureMap last) {
    String place = "pyramid.extra." + stride;
    return activated(place, layers.convolution(place, last, channels, new Window(3, 2)));
  }

  private FeatureMap layer(String place, FeatureMap map) {
    return activated(place, layers.convolution(place, map, channels, new Window(1, 1)));
  }

  private FeatureMap merged(FeatureMap lateral, FeatureMap coarser) {
    String place = "pyramid.merge." + lateral.stride();
    Value enlarged = layers.graph().enlarged(place + ".up", coarser.value(), lateral.value());
    Value sum = layers.graph().binary(place + ".add", "Add", lateral.value(), enlarged);
    return activated(place, layers.convolution(place, lateral.with(sum), channels, sampling));
  }

  private FeatureMap activated(String place, FeatureMap map) {
    return layers.activated(place, map, slope(channels));
  }
}
