package org.retinaspark.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.retinaspark.io.images.FileFormat;
import org.retinaspark.io.images.ImageFile;
import org.retinaspark.io.images.ImageRoot;

/** Images of which only the length and the work are known, a chunk at a time. */
final class SyntheticImages {

  private static final ImageRoot ROOT = new ImageRoot("", FileFormat.IMAGE);

  private final double[][] known;
  private final long count;
  private final SplittableRandom random = new SplittableRandom(0);
  private final boolean drawn;
  private long next;

  /**
   * Images like those that are known.
   *
   * @param known the length in bytes and the seconds of a core, for each
   * @param drawn so many of them, by a fixed seed and with repetitions; 0 for all, in their order
   */
  SyntheticImages(double[][] known, long drawn) {
    this.known = known;
    this.drawn = drawn > 0;
    this.count = this.drawn ? drawn : known.length;
  }

  long count() {
    return count;
  }

  boolean hasNext() {
    return next < count;
  }

  /**
   * The next images, at most so many. The path of each is its row among those known.
   *
   * @param size of a chunk
   */
  List<ImageFile> next(int size) {
    List<ImageFile> chunk = new ArrayList<>(size);
    for (; hasNext() && chunk.size() < size; next++) {
      int row = drawn ? random.nextInt(known.length) : (int) next;
      chunk.add(ImageFile.listed(ROOT, Integer.toString(row), (long) known[row][0], 0, null));
    }
    return chunk;
  }

  /** Seconds of a core that an image takes. */
  double seconds(ImageFile image) {
    return known[Integer.parseInt(image.path())][1];
  }
}
