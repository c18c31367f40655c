package org.retinaspark.job.export;

import org.retinaspark.io.detections.DetectionCounts;

/**
 * What an export did.
 *
 * @param counts what the table holds
 * @param omitted images that were left out, since the file of {@code --image-ids} doesn't have them
 */
public record ExportResult(DetectionCounts counts, long omitted) {}
