package org.retinaspark.udf.tflite;

import java.util.List;

/**
 * What a file holds: one graph.
 *
 * @param file its name, for messages
 * @param tensors all, by their numbers
 * @param operators in the order in which they are run
 * @param inputs numbers of the tensors that a run is given
 * @param outputs numbers of those that it gives
 */
record TfliteModel(
    String file,
    List<TfliteTensor> tensors,
    List<TfliteOperator> operators,
    List<Integer> inputs,
    List<Integer> outputs) {

  TfliteTensor tensor(int index) {
    return tensors.get(index);
  }
}
