package org.retinaspark.bench;

import java.io.IOException;
import java.nio.file.Path;

/** One way from a photo's file to its faces; used by one thread. */
interface FaceCounter extends AutoCloseable {

  /** The score from which on a face counts: so high that all ways agree on it. */
  float COUNTED = 0.5f;

  /** Reads the file and finds its faces; how many have at least {@link #COUNTED}. */
  int count(Path photo) throws IOException;

  @Override
  void close();
}
