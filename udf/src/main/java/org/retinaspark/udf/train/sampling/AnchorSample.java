package org.retinaspark.udf.train.sampling;

import org.retinaspark.udf.detect.family.Anchor;
import org.retinaspark.udf.train.matching.AnchorPlace;
import org.retinaspark.udf.train.matching.Matches;

/**
 * An anchor that heads are fitted to.
 *
 * @param view the number of the view that it was seen in
 * @param mirrored whether the view was
 * @param place which anchor of the view it is
 * @param reference what deltas are relative to, in pixels of the image's frame, not mirrored
 * @param face the number of the labelled face that it was matched with, or {@link Matches#NEGATIVE}
 * @param overlap the IoU with that face, or the most with any, from 0 to 1
 * @param weight how many anchors it stands for: 1, or of a negative by chance as many as there are
 *     negatives of its level and size in the view for each that was drawn
 * @param features {@code [channels]} of its cell
 */
public record AnchorSample(
    int view,
    boolean mirrored,
    AnchorPlace place,
    Anchor reference,
    int face,
    float overlap,
    float weight,
    float[] features) {}
