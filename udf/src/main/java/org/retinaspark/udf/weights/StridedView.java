package org.retinaspark.udf.weights;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.LongStream;

/**
 * How a tensor's elements lie in a storage.
 *
 * @param shape length of each axis; none for a single number
 * @param strides elements between neighbours along each axis
 * @param offset index of the first element
 */
record StridedView(List<Long> shape, List<Long> strides, long offset) {

  /** As many as numpy allows; networks have five at most. */
  private static final int MOST_AXES = 64;

  StridedView {
    shape = List.copyOf(shape);
    strides = List.copyOf(strides);
    if (shape.size() > MOST_AXES || shape.size() != strides.size()) {
      throw new IllegalArgumentException(
          "has %d axes and %d strides, which no tensor has"
              .formatted(shape.size(), strides.size()));
    }
    if (offset < 0 || LongStream.concat(stream(shape), stream(strides)).anyMatch(n -> n < 0)) {
      throw new IllegalArgumentException("has a shape, stride or offset below zero");
    }
    if (stream(shape).anyMatch(length -> length > Integer.MAX_VALUE)) {
      throw new IllegalArgumentException("has an axis of more than 2,147,483,647 elements");
    }
  }

  /** Elements one after the other, the last axis fastest. */
  static StridedView rowMajor(List<Long> shape) {
    Long[] strides = new Long[shape.size()];
    long stride = 1;
    for (int axis = strides.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride = times(stride, shape.get(axis));
    }
    return new StridedView(shape, List.of(strides), 0);
  }

  /** Elements one after the other, the first axis fastest. */
  static StridedView columnMajor(List<Long> shape) {
    Long[] strides = new Long[shape.size()];
    long stride = 1;
    for (int axis = 0; axis < strides.length; axis++) {
      strides[axis] = stride;
      stride = times(stride, shape.get(axis));
    }
    return new StridedView(shape, List.of(strides), 0);
  }

  /** The number of elements. */
  long count() {
    return stream(shape).anyMatch(n -> n == 0) ? 0 : stream(shape).reduce(1, StridedView::times);
  }

  /**
   * Checks that it lies in a storage.
   *
   * @throws IllegalArgumentException if it leaves it, or shows more elements than there are
   */
  void requireWithin(long stored) {
    long count = count();
    if (count > stored) {
      throw new IllegalArgumentException(
          "has shape %s, %d elements, but its storage has %d".formatted(shape, count, stored));
    }
    long last = offset;
    for (int axis = 0; count > 0 && axis < shape.size(); axis++) {
      last = plus(last, times(shape.get(axis) - 1, strides.get(axis)));
    }
    if (count > 0 && last >= stored) {
      throw new IllegalArgumentException(
          "reaches to element %d of a storage of %d".formatted(last, stored));
    }
  }

  /** The elements, the last axis fastest. */
  float[] read(StoredType type, ByteBuffer storage) {
    float[] values = new float[Math.toIntExact(count())];
    long[] index = new long[shape.size()];
    long at = offset;
    for (int element = 0; element < values.length; element++) {
      values[element] = type.value(storage, at);
      for (int axis = index.length - 1; axis >= 0; axis--) {
        at += strides.get(axis);
        if (++index[axis] < shape.get(axis)) {
          break;
        }
        at -= shape.get(axis) * strides.get(axis);
        index[axis] = 0;
      }
    }
    return values;
  }

  private static LongStream stream(List<Long> numbers) {
    return numbers.stream().mapToLong(Long::longValue);
  }

  private static long times(long left, long right) {
    try {
      return Math.multiplyExact(left, right);
    } catch (ArithmeticException overflow) {
      return Long.MAX_VALUE;
    }
  }

  private static long plus(long left, long right) {
    return left > Long.MAX_VALUE - right ? Long.MAX_VALUE : left + right;
  }
}
