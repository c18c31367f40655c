package org.retinaspark.io.labels;

import java.util.Locale;

/** Why a label, or a part of one, was not taken as it stands. */
public enum LabelFault {
  /** The image of a table's row failed: nobody knows its faces, so it isn't labelled. */
  FAILED_IMAGE("images that failed in the table: not labelled"),
  /** An annotation of an image that the file doesn't list. */
  UNKNOWN_IMAGE("annotations of images that the file doesn't list"),
  /** An annotation of another category. */
  OTHER_CATEGORY("annotations of other categories"),
  /** A box that isn't there, or not of four numbers. */
  BOX_MISSING("faces without a box of four numbers"),
  /** A box with a number that is NaN, infinite or beyond any photo. */
  BOX_NOT_FINITE("boxes with a number that is none, or beyond a million pixels"),
  /** A box of zero or negative width or height. */
  BOX_WITHOUT_AREA("boxes without an area"),
  /** A face of a table below the score of labels: ignored, neither face nor background. */
  SCORE_UNSURE("faces below the score of labels: ignored"),
  /** A detection of a table with so low a score that it is taken for background. */
  SCORE_LOW("detections with a score so low that they are background"),
  /** Landmarks of which one is not labelled. */
  LANDMARKS_INCOMPLETE("landmarks of which some are missing"),
  /** Landmarks that aren't five. */
  LANDMARKS_OTHER_NUMBER("landmarks of another number than five"),
  /** Landmarks with a number that is none. */
  LANDMARKS_NOT_FINITE("landmarks with a number that is none"),
  /** Landmarks further from the box than its own side. */
  LANDMARKS_FAR("landmarks further from the box than its own side"),
  /** A mesh with a low score. */
  MESH_UNSURE("meshes below the score of labels"),
  /** A mesh with a number that is none, or whose numbers make no vertices. */
  MESH_NOT_FINITE("meshes with a number that is none"),
  /** A mesh with a vertex further from the box than its own side. */
  MESH_FAR("meshes further from the box than its own side");

  private final String text;

  LabelFault(String text) {
    this.text = text;
  }

  /** What it means, for people, as it stands behind a number. */
  public String text() {
    return text;
  }

  /** One lower-case word for programs. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
