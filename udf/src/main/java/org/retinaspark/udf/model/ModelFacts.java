package org.retinaspark.udf.model;

import java.util.List;
import java.util.OptionalDouble;
import org.retinaspark.udf.graph.Graph;
import org.retinaspark.udf.graph.InputNormalisation;
import org.retinaspark.udf.graph.OnnxFile;
import org.retinaspark.udf.graph.TensorSignature;
import org.retinaspark.udf.input.ChannelOrder;
import org.retinaspark.udf.input.InputFormat;
import org.retinaspark.udf.input.TensorLayout;

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
record ModelFacts(
    OnnxFile file,
    Graph graph,
    ModelMetadata metadata,
    RecognitionOptions options,
    TensorLayout layout,
    InputNormalisation normalisation,
    List<TensorSignature> outputs) {

  /** The input format: by metadata, by the graph's own normalisation, else as the family has it. */
  Decision<InputFormat> format(InputFormat usual) {
    InputFormat format;
    String because;
    if (layout == TensorLayout.PIXELS) {
      format = InputFormat.PIXELS;
      because = "pixels as they are: the input takes bytes";
    } else if (normalisation.rescales()) {
      format = new InputFormat(layout, channels(usual), List.of(0f, 0f, 0f), 1);
      because = "pixels as they are: the graph normalises them itself";
    } else {
      format = usual.in(layout);
      because = "as the family has it; the graph has no normalisation of its own";
    }
    if (metadata.hasInput()) {
      return new Decision<>(metadata.format(format), Decision.BY_METADATA);
    }
    return new Decision<>(format, because);
  }

  /** The order that a mean betrays: that of ImageNet is 123, 117, 104 for red, green and blue. */
  private ChannelOrder channels(InputFormat usual) {
    OptionalDouble excess = normalisation.firstChannelExcess();
    if (excess.isEmpty()) {
      return usual.channels();
    }
    return excess.getAsDouble() > 0 ? ChannelOrder.RGB : ChannelOrder.BGR;
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
