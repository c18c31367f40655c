package org.retinaspark.io.labels;

/** In what form labels are given. */
public enum LabelFormat {
  /** One of the others, told by the content. */
  AUTO,
  /** RetinaFace's {@code label.txt}: boxes and five landmarks. */
  RETINAFACE,
  /** {@code wider_face_*_bbx_gt.txt}: boxes, and whether they are valid. */
  WIDERFACE,
  /** COCO annotations: boxes, and keypoints if there are five. */
  COCO,
  /** A table of {@code detect}: boxes, landmarks and meshes that models found. */
  TABLE
}
