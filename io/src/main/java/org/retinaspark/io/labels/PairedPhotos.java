package org.retinaspark.io.labels;

import java.io.Serializable;

/** Photos of one image of the labels: how many, and the first and the last by key. */
final class PairedPhotos implements Serializable {

  private static final long serialVersionUID = 1L;

  private final String first;
  private final String last;
  private final long count;

  PairedPhotos(String photo) {
    this(photo, photo, 1);
  }

  private PairedPhotos(String first, String last, long count) {
    this.first = first;
    this.last = last;
    this.count = count;
  }

  PairedPhotos and(PairedPhotos other) {
    return new PairedPhotos(
        first.compareTo(other.first) <= 0 ? first : other.first,
        last.compareTo(other.last) >= 0 ? last : other.last,
        count + other.count);
  }

  String first() {
    return first;
  }

  String last() {
    return last;
  }

  long count() {
    return count;
  }
}
