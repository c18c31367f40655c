package org.retinaspark.job.evaluate;

/** What a table can be evaluated on. */
enum BenchmarkName {
  /** Boxes: average precision on WIDER FACE. */
  WIDERFACE,
  /** Points and pose: AFLW2000-3D. */
  AFLW2000,
  /** Meshes: vertex error beside the meshes of another table. */
  MESH
}
