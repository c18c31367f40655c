package org.retinaspark.io.facetable;

/** What the table's columns are called. */
public final class ColumnNames {

  /** The key. */
  public static final String IMAGE = "image";

  /** What held the image. */
  public static final String CONTAINER = "container";

  /** Where the image is. */
  public static final String URI = "uri";

  static final String SPLIT = "split";

  /** Bytes of the image's file. */
  public static final String LENGTH = "length";

  /** The store's version of the image. */
  public static final String ETAG = "etag";

  /** When the image was last written. */
  public static final String MODIFIED = "modified";

  /** Pixels of the frame that the coordinates are in. */
  public static final String WIDTH = "width";

  /** Of the same frame. */
  public static final String HEIGHT = "height";

  static final String ORIENTATION = "orientation";

  /** Whether the image was looked at. */
  public static final String STATUS = "status";

  static final String OK = "ok";

  /** The status of an image that could not be read, decoded or inferred. */
  public static final String FAILED = "failed";

  static final String ERROR = "error";
  static final String STAGE = "stage";
  static final String CODE = "code";
  static final String MESSAGE = "message";

  static final String WARNINGS = "warnings";

  /** How many faces the image has. */
  public static final String FACE_COUNT = "face_count";

  /** The highest score of the image's faces. */
  public static final String BEST_SCORE = "best_score";

  static final String FACES = "faces";
  static final String INDEX = "index";
  static final String SCORE = "score";
  static final String BOX = "box";
  static final String LANDMARKS = "landmarks";
  static final String X = "x";
  static final String Y = "y";

  static final String MESH = "mesh";
  static final String TOPOLOGY = "topology";
  static final String VERTICES = "vertices";
  static final String LANDMARKS68 = "landmarks68";
  static final String POSE = "pose";
  static final String SOURCE = "source";
  static final String PARTS = "parts";
  static final String PART = "part";
  static final String RLE = "rle";

  private ColumnNames() {}
}
