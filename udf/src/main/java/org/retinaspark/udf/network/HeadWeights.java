package org.retinaspark.udf.network;

/** Whose weights the heads of a level are. */
public enum HeadWeights {
  /** Each level's own, as in biubug6's and InsightFace's networks. */
  PER_LEVEL,
  /** One head for all levels, as the paper has it. */
  SHARED
}
