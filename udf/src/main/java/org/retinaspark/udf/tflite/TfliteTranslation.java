package org.retinaspark.udf.tflite;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Translates a graph, operator by operator. */
final class TfliteTranslation {

  /** What is translated; sorted, for messages. */
  private static final Map<String, BiConsumer<TranslatedGraph, TfliteOperator>> OPERATORS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("CONV_2D", ConvolutionOperators::convolution),
              Map.entry("DEPTHWISE_CONV_2D", ConvolutionOperators::depthwise),
              Map.entry("MAX_POOL_2D", PoolingOperators::largest),
              Map.entry("AVERAGE_POOL_2D", PoolingOperators::average),
              Map.entry("FULLY_CONNECTED", ShapeOperators::fullyConnected),
              Map.entry("PAD", ShapeOperators::pad),
              Map.entry("RESHAPE", ShapeOperators::reshape),
              Map.entry("CONCATENATION", ShapeOperators::concatenation),
              Map.entry("ADD", ElementwiseOperators::add),
              Map.entry("MUL", ElementwiseOperators::multiply),
              Map.entry("PRELU", ElementwiseOperators::prelu),
              Map.entry("RELU", ElementwiseOperators::relu),
              Map.entry("RELU6", ElementwiseOperators::relu6),
              Map.entry("LOGISTIC", ElementwiseOperators::logistic),
              Map.entry("DEQUANTIZE", ElementwiseOperators::dequantize)));

  private final TranslatedGraph graph;

  TfliteTranslation(TranslatedGraph graph) {
    this.graph = graph;
  }

  /** The ONNX file. */
  byte[] onnx(Map<String, String> metadata) {
    for (TfliteOperator operator : graph.operators()) {
      BiConsumer<TranslatedGraph, TfliteOperator> translation = OPERATORS.get(operator.name());
      if (translation == null) {
        throw graph.refusal(
            operator,
            "isn't translated; these are: "
                + String.join(", ", OPERATORS.keySet())
                + ". Make ONNX of it with another program, and give that");
      }
      translation.accept(graph, operator);
    }
    return graph.onnx(metadata);
  }
}
