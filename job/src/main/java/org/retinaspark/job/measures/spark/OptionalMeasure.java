package org.retinaspark.job.measures.spark;

/** What is computed beside the official numbers and their slices. */
public enum OptionalMeasure {
  /** COCO's AP and AR: ranks every detection of the set. */
  COCO,
  /** The images with the most errors. */
  WORST
}
