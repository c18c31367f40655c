package org.retinaspark.udf.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.List;
import java.util.Set;
import org.retinaspark.udf.detect.ChannelOrder;
import org.retinaspark.udf.detect.InputFormat;
import org.retinaspark.udf.detect.TensorLayout;

/**
 * All that is known of a model when its family is.
 *
 * @param file the file
 * @param graph its graph
 * @param metadata what it says of itself
 * @param options what a person says of it
 * @param layout how its input is laid out
 * @param normalisation what the graph does with its input
 * @param outputs its outputs in the family's order
 */
record Evidence(
    OnnxFile file,
    Graph graph,
    ModelMetadata metadata,
    RecognitionOptions options,
    TensorLayout layout,
    InputNormalisation normalisation,
    List<TensorSignature> outputs) {

  private static final Set<String> SCALING = Set.of("Mul", "Div");

  /** The input format: by metadata, by the graph's own normalisation, else as the family has it. */
  Decision<InputFormat> input(InputFormat usual) {
    InputFormat format = usual;
    String because = "as the family has it; the graph has no normalisation of its own";
    if (layout == TensorLayout.PIXELS) {
      format = InputFormat.pixels(usual.multiple());
      because = "pixels as they are: the input takes bytes";
    } else if (normalisation.rescales()) {
      ChannelOrder channels = normalisation.channels().orElse(usual.channels());
      format = new InputFormat(channels, List.of(0f, 0f, 0f), 1, usual.multiple());
      because = "pixels as they are: the graph normalises them itself";
    }
    if (metadata.hasInput()) {
      return new Decision<>(metadata.input(format), Decision.BY_METADATA);
    }
    return new Decision<>(format, because);
  }

  /** Whether an output is what a multiplication or division by a constant gave. */
  boolean scaledInGraph(String output) {
    NodeProto node = graph.producer(output);
    return node != null
        && SCALING.contains(node.getOpType())
        && (graph.constant(node, 0) != null || graph.constant(node, 1) != null);
  }

  void refuseLandmarkScale(String family) {
    if (options.landmarkScale() != null) {
      throw refusal("--landmark-scale " + options.landmarkScale().label(), family, "insightface");
    }
  }

  void refuseClassOutput(String family) {
    if (options.classOutput() != null) {
      throw refusal("--class-output", family, "pytorch");
    }
  }

  private IllegalArgumentException refusal(String option, String family, String its) {
    return new IllegalArgumentException(
        "%s is for models of the family '%s', but '%s' is of '%s': leave it out"
            .formatted(option, its, file.name(), family));
  }
}
