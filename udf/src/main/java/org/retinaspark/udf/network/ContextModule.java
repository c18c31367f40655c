package org.retinaspark.udf.network;

import org.retinaspark.udf.graph.Value;

/**
 * The context module of SSH (Najibi et al., ICCV 2017), as {@code SSH} of {@code models/net.py} of
 * biubug6/Pytorch_Retinaface: three views of a level, through one, two and three 3x3 convolutions
 * (the fields of 3x3, 5x5 and 7x7), with half, a quarter and a quarter of the channels. The paper
 * has it deformable, on each level its own.
 *
 * @param layers writes the layers
 * @param sampling where its convolutions look
 */
record ContextModule(Layers layers, Sampling sampling) {

  private static final int CHANNEL_AXIS = 1;

  /** Writes the module of a level, in a stage; the result has the level's shape. */
  FeatureMap of(String stage, FeatureMap level) {
    String place = stage + "." + level.stride();
    int channels = level.channels();
    float slope = FeaturePyramid.slope(channels);
    Value narrow = layers.convolution(place + ".3x3", level, channels / 2, sampling).value();
    FeatureMap shared = layer(place + ".5x5.1", level, channels / 4, slope);
    Value wider = layers.convolution(place + ".5x5.2", shared, channels / 4, sampling).value();
    FeatureMap third = layer(place + ".7x7.2", shared, channels / 4, slope);
    Value widest = layers.convolution(place + ".7x7.3", third, channels / 4, sampling).value();
    Value views = layers.graph().concat(place + ".views", CHANNEL_AXIS, narrow, wider, widest);
    return layers.activated(place, level.with(views), 0);
  }

  private FeatureMap layer(String place, FeatureMap map, int channels, float slope) {
    return layers.activated(place, layers.convolution(place, map, channels, sampling), slope);
  }
}
