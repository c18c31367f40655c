package org.retinaspark.udf.catalogue;

import java.util.Locale;

/**
 * What somebody published of a model's accuracy: AP on WIDER FACE's validation set, in percent. It
 * compares with figures of the same protocol alone.
 *
 * @param protocol label of the protocol it was measured under, as {@link
 *     org.retinaspark.udf.detect.Protocol} names it
 * @param easy AP of the easy faces
 * @param medium AP of the easy and medium ones
 * @param hard AP of all three
 * @param source who published it, and where
 */
public record PublishedAccuracy(
    String protocol, double easy, double medium, double hard, String source) {

  /** The three figures and their protocol. */
  public String text() {
    return "%s, protocol %s".formatted(figures(), protocol);
  }

  /** The three figures as the field writes them, such as {@code 90.70 / 88.16 / 73.82}. */
  public String figures() {
    return String.format(Locale.ROOT, "%.2f / %.2f / %.2f", easy, medium, hard);
  }
}
