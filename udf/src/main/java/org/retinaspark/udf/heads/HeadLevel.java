package org.retinaspark.udf.heads;

import java.util.Map;
import org.retinaspark.udf.graph.PointwiseConvolution;

/**
 * The heads of one level.
 *
 * @param stride pixels between neighbouring cells
 * @param features name of the map that all of them read
 * @param channels of that map
 * @param heads of each task
 */
record HeadLevel(
    int stride, String features, int channels, Map<HeadTask, PointwiseConvolution> heads) {}
