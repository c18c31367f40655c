package org.retinaspark.udf.weights;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Supplier;

/** A tensor that lies in a file of weights; its values are taken out when they are asked for. */
public final class StoredTensor {

  private final String name;
  private final StoredType elementType;
  private final StridedView view;
  private final Supplier<ByteBuffer> storage;

  private StoredTensor(
      String name, StoredType elementType, StridedView view, Supplier<ByteBuffer> storage) {
    this.name = name;
    this.elementType = elementType;
    this.view = view;
    this.storage = storage;
  }

  /**
   * A tensor that was checked to lie in its storage.
   *
   * @param file name of the file, for messages
   * @param name name of the tensor
   * @param elementType what its elements are
   * @param view where they are
   * @param stored bytes of the storage
   * @param storage the storage in its byte order, from its first byte on
   * @throws WeightFileException if the tensor leaves its storage
   */
  static StoredTensor of(
      String file,
      String name,
      StoredType elementType,
      StridedView view,
      long stored,
      Supplier<ByteBuffer> storage) {
    try {
      view.requireWithin(stored / elementType.bytes());
    } catch (IllegalArgumentException fault) {
      throw WeightFileException.ofTensor(file, name, String.valueOf(fault.getMessage()));
    }
    return new StoredTensor(name, elementType, view, storage);
  }

  /** The name that the file gives it. */
  public String name() {
    return name;
  }

  /** The length of each axis; none for a single number. */
  public List<Integer> shape() {
    return view.shape().stream().map(Math::toIntExact).toList();
  }

  /**
   * The elements as floats, the last axis fastest; a new array.
   *
   * @throws WeightFileException if the file is damaged where they lie
   */
  public float[] values() {
    return view.read(elementType, storage.get());
  }
}
