package org.retinaspark.udf.detect;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;

/**
 * A mesh that a model predicts of each face.
 *
 * @param name what it is called in model metadata and in the table, which says what its vertices
 *     are and how they connect
 * @param vertices how many it has
 * @param mirror for each vertex the one that it is of the mirrored face; empty where nobody knows,
 *     and then the meshes of mirrored inputs are not used
 */
public record MeshTopology(String name, int vertices, List<Integer> mirror)
    implements Serializable {

  /** Numbers a vertex: x, y and z. */
  public static final int AXES = 3;

  /** The largest meshes in use have some ten thousand. */
  public static final int MOST_VERTICES = 100_000;

  /** Letters and digits, so that it can be part of the name of an output. */
  public static final String NAME = "[A-Za-z][A-Za-z0-9_-]{0,63}";

  /**
   * The 68 points of the Multi-PIE markup (Gross et al., "Multi-PIE", 2010), as 300-W numbers them,
   * from 0: jaw, brows, nose, eyes, outer and inner lips.
   */
  public static final MeshTopology MESH68 =
      new MeshTopology(
          "Mesh68",
          68,
          List.of(
              16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 26, 25, 24, 23, 22, 21, 20,
              19, 18, 17, 27, 28, 29, 30, 35, 34, 33, 32, 31, 45, 44, 43, 42, 47, 46, 39, 38, 37,
              36, 41, 40, 54, 53, 52, 51, 50, 49, 48, 59, 58, 57, 56, 55, 64, 63, 62, 61, 60, 67,
              66, 65));

  /**
   * The 468 vertices of MediaPipe Face Mesh (Kartynnik et al., "Real-time Facial Surface Geometry
   * from Monocular Video on Mobile GPUs", 2019), numbered as in its canonical face, which is
   * exactly its own mirror image: the table is what that swaps.
   */
  public static final MeshTopology FACE_MESH =
      new MeshTopology(
          "FaceMesh468",
          468,
          List.of(
              0, 1, 2, 248, 4, 5, 6, 249, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 250, 251,
              252, 253, 254, 255, 256, 257, 258, 259, 260, 261, 262, 263, 264, 265, 266, 267, 268,
              269, 270, 271, 272, 273, 274, 275, 276, 277, 278, 279, 280, 281, 282, 283, 284, 285,
              286, 287, 288, 289, 290, 291, 292, 293, 294, 295, 296, 297, 298, 299, 300, 301, 302,
              303, 304, 305, 306, 307, 308, 309, 310, 311, 312, 313, 314, 315, 316, 317, 318, 319,
              320, 321, 322, 323, 94, 324, 325, 326, 327, 328, 329, 330, 331, 332, 333, 334, 335,
              336, 337, 338, 339, 340, 341, 342, 343, 344, 345, 346, 347, 348, 349, 350, 351, 352,
              353, 354, 355, 356, 357, 358, 359, 360, 361, 362, 363, 364, 365, 366, 367, 368, 369,
              370, 371, 372, 373, 374, 375, 376, 377, 378, 379, 151, 152, 380, 381, 382, 383, 384,
              385, 386, 387, 388, 389, 390, 164, 391, 392, 393, 168, 394, 395, 396, 397, 398, 399,
              175, 400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 414, 415,
              416, 417, 418, 195, 419, 197, 420, 199, 200, 421, 422, 423, 424, 425, 426, 427, 428,
              429, 430, 431, 432, 433, 434, 435, 436, 437, 438, 439, 440, 441, 442, 443, 444, 445,
              446, 447, 448, 449, 450, 451, 452, 453, 454, 455, 456, 457, 458, 459, 460, 461, 462,
              463, 464, 465, 466, 467, 3, 7, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33,
              34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54,
              55, 56, 57, 58, 59, 60, 61, 62, 63, 64, 65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75,
              76, 77, 78, 79, 80, 81, 82, 83, 84, 85, 86, 87, 88, 89, 90, 91, 92, 93, 95, 96, 97,
              98, 99, 100, 101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 111, 112, 113, 114,
              115, 116, 117, 118, 119, 120, 121, 122, 123, 124, 125, 126, 127, 128, 129, 130, 131,
              132, 133, 134, 135, 136, 137, 138, 139, 140, 141, 142, 143, 144, 145, 146, 147, 148,
              149, 150, 153, 154, 155, 156, 157, 158, 159, 160, 161, 162, 163, 165, 166, 167, 169,
              170, 171, 172, 173, 174, 176, 177, 178, 179, 180, 181, 182, 183, 184, 185, 186, 187,
              188, 189, 190, 191, 192, 193, 194, 196, 198, 201, 202, 203, 204, 205, 206, 207, 208,
              209, 210, 211, 212, 213, 214, 215, 216, 217, 218, 219, 220, 221, 222, 223, 224, 225,
              226, 227, 228, 229, 230, 231, 232, 233, 234, 235, 236, 237, 238, 239, 240, 241, 242,
              243, 244, 245, 246, 247));

  /**
   * Checks the values, and keeps an unmodifiable list.
   *
   * @throws IllegalArgumentException if the name is none, if there are no vertices or too many, or
   *     if the mirror image of the mirror image isn't the mesh
   */
  public MeshTopology {
    mirror = List.copyOf(mirror);
    if (!name.matches(NAME)) {
      throw new IllegalArgumentException(
          "the name of a mesh must start with a letter, and have letters, digits, '_' and '-' only,"
              + " at most 64 of them");
    }
    if (vertices < 1 || vertices > MOST_VERTICES) {
      throw new IllegalArgumentException(
          "mesh '%s' has %d vertices, but must have 1 to %d"
              .formatted(name, vertices, MOST_VERTICES));
    }
    if (!mirror.isEmpty() && !swaps(mirror, vertices)) {
      throw new IllegalArgumentException(
          ("the mirror table of mesh '%s' must give for each of its %d vertices, from 0 on, the one"
                  + " that takes its place, and for that one the first again")
              .formatted(name, vertices));
    }
  }

  private static boolean swaps(List<Integer> mirror, int vertices) {
    if (mirror.size() != vertices) {
      return false;
    }
    for (int vertex = 0; vertex < vertices; vertex++) {
      int other = mirror.get(vertex);
      if (other < 0 || other >= vertices || mirror.get(other) != vertex) {
        return false;
      }
    }
    return true;
  }

  /** The topology of a name, with its mirror table where it is one that is known. */
  public static MeshTopology named(String name, int vertices) {
    MeshTopology any = new MeshTopology(name, vertices, List.of());
    return Stream.of(MESH68, FACE_MESH)
        .filter(known -> known.hasLayoutOf(any))
        .findFirst()
        .orElse(any);
  }

  /** Whether its vertices are the 68 points, with a mirror table or without. */
  public boolean isMesh68() {
    return hasLayoutOf(MESH68);
  }

  private boolean hasLayoutOf(MeshTopology other) {
    return name.equals(other.name) && vertices == other.vertices;
  }

  /** Whether a mesh that was seen in an input can be told in the image. */
  public boolean isKnown(Flip flip) {
    return flip == Flip.NONE || !mirror.isEmpty();
  }

  /** In a line, for people and the record of a run: a table of a thousand numbers says little. */
  @Override
  public String toString() {
    return "%s of %d vertices, %s mirror table"
        .formatted(name, vertices, mirror.isEmpty() ? "without" : "with");
  }
}
