package org.retinaspark.job.measures.dense;

import java.util.Optional;

/**
 * A face of a table, in pixels of the stored image.
 *
 * @param box x1, y1, x2, y2
 * @param five {@code [5, 2]}: x and y of left eye, right eye, nose tip, left and right mouth
 *     corner; empty where the table has none
 * @param points {@code [68, 2]}: x and y in the order of Mesh68; empty where the table has none
 * @param pose empty where the table has none
 */
public record DenseFace(double[] box, double[] five, double[] points, Optional<DensePose> pose) {}
