package org.retinaspark.job.export;

/** The formats that detections are exported to. */
public enum ExportFormat {
  /** A folder of {@code <event>/<image>.txt}, as submitted to WIDER FACE. */
  WIDERFACE,
  /** One JSON file of COCO results. */
  COCO
}
