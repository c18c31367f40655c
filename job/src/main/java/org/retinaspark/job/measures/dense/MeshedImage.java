package org.retinaspark.job.measures.dense;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * An image of two tables.
 *
 * @param image the key
 * @param reference the faces of the table that counts as true
 * @param found the faces of the table that is measured
 * @param referenceRows how many rows the first has of the image
 * @param rows how many the other has
 * @param failed whether the other couldn't look at the image
 */
public record MeshedImage(
    String image,
    List<MeshedFace> reference,
    List<MeshedFace> found,
    int referenceRows,
    int rows,
    boolean failed)
    implements Serializable {

  /** Boxes of one face overlap by this or more, as on WIDER FACE. */
  static final double LEAST_OVERLAP = 0.5;

  /** What {@link #pairs} says of a face that wasn't found. */
  static final int NONE = -1;

  /** Keeps copies that travel. */
  public MeshedImage {
    reference = new ArrayList<>(reference);
    found = new ArrayList<>(found);
  }

  /** The same image with what another has of it; of faces that both have, those of this one. */
  public MeshedImage and(MeshedImage other) {
    return new MeshedImage(
        image,
        referenceRows > 0 ? reference : other.reference,
        rows > 0 ? found : other.found,
        referenceRows + other.referenceRows,
        rows + other.rows,
        failed || other.failed);
  }

  private record Pair(int reference, int found, double overlap) {}

  /**
   * For each face of the reference the number of the found one that is the same face, or {@value
   * #NONE}. A face is paired once, those of the largest overlap first; of equal ones the first of
   * the reference, then the first found.
   */
  int[] pairs() {
    List<Pair> candidates = new ArrayList<>();
    for (int one = 0; one < reference.size(); one++) {
      for (int other = 0; other < found.size(); other++) {
        double overlap = reference.get(one).overlap(found.get(other));
        if (overlap >= LEAST_OVERLAP) {
          candidates.add(new Pair(one, other, overlap));
        }
      }
    }
    candidates.sort(Comparator.comparingDouble(Pair::overlap).reversed());
    int[] pairs = new int[reference.size()];
    Arrays.fill(pairs, NONE);
    boolean[] taken = new boolean[found.size()];
    for (Pair pair : candidates) {
      if (pairs[pair.reference()] == NONE && !taken[pair.found()]) {
        pairs[pair.reference()] = pair.found();
        taken[pair.found()] = true;
      }
    }
    return pairs;
  }
}
