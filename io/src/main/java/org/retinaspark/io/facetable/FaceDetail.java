package org.retinaspark.io.facetable;

/** What a run may tell of a face beside score, box and landmarks; absent where it can't. */
public enum FaceDetail {
  /** A dense mesh: the name of its topology, and its vertices. */
  MESH,
  /** The 68 points of the Multi-PIE markup. */
  LANDMARKS68,
  /** Yaw, pitch and roll of the head. */
  POSE,
  /** Masks of the face's parts. */
  PARTS
}
