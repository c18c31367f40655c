package org.retinaspark.io.crops;

import java.io.Closeable;
import java.io.IOException;

/** Where one task puts its crops, in a folder of its own. Used by one thread. */
interface CropSink extends Closeable {

  /** Stores a crop, or notes why there is none. */
  void add(StoredCrop crop) throws IOException;
}
