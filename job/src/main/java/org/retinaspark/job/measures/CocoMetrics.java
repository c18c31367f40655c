package org.retinaspark.job.measures;

/**
 * COCO's metrics of one set of faces.
 *
 * @param subset its name; {@code all} counts every annotated face
 * @param limit detections an image that count, best first
 * @param faces faces that count
 * @param ap mean of the average precisions at IoU 0.5, 0.55, ..., 0.95, at 101 recalls
 * @param ap50 the one at 0.5
 * @param ap75 the one at 0.75
 * @param ar mean over the same overlaps of the recall of all detections
 */
public record CocoMetrics(
    String subset, int limit, long faces, double ap, double ap50, double ap75, double ar) {}
