package org.retinaspark.udf.weights;

/**
 * A storage that a pickle names: the elements behind one or more tensors.
 *
 * @param type what its elements are
 * @param key its name in the file
 * @param elements how many it has, as the pickle says
 */
record StorageReference(StoredType type, String key, long elements) {

  /** Its size; the largest number there is where that overflows. */
  long bytes() {
    return elements > Long.MAX_VALUE / type.bytes() ? Long.MAX_VALUE : elements * type.bytes();
  }
}
