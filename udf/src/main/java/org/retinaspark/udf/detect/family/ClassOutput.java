package org.retinaspark.udf.detect.family;

/** What a network's two class values an anchor (background, face) are. */
public enum ClassOutput {
  /** Probabilities: the softmax is inside the graph. */
  PROBABILITIES,
  /** Logits: the export left the softmax out, so that decoding applies it. */
  LOGITS
}
