package org.retinaspark.udf.dense;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.retinaspark.udf.graph.InputNormalisation;
import org.retinaspark.udf.graph.InvalidModelException;
import org.retinaspark.udf.graph.OnnxFile;
import org.retinaspark.udf.graph.TensorSignature;
import org.retinaspark.udf.input.InputFormat;
import org.retinaspark.udf.model.ModelDescription;
import org.retinaspark.udf.model.UnknownModelException;
import org.retinaspark.udf.runtime.ElementType;
import org.retinaspark.udf.runtime.InferenceException;
import org.retinaspark.udf.runtime.Ports;
import org.retinaspark.udf.runtime.TrialSession;

/**
 * Tells what a network of the second look is by its signature: side of its input, count of the
 * numbers of its outputs; never by the name of the file.
 */
public final class MeshRecognition {

  private MeshRecognition() {}

  /**
   * Describes a network. Where the file doesn't declare how large its outputs are, it is run once
   * on the CPU, on a black crop.
   *
   * @param onnx the bytes of the file
   * @param name the name of the file, for messages and the description
   * @throws InvalidModelException if the file is no usable ONNX model
   * @throws UnknownModelException if it is none of the networks that are understood
   */
  public static MeshModel describe(byte[] onnx, String name) {
    OnnxFile file = OnnxFile.parse(onnx, name);
    CropInput input = CropInput.of(file);
    List<TensorSignature> outputs = file.signature().outputs();
    if (outputs.stream().anyMatch(output -> input.values(output) == TensorSignature.Axis.OPEN)) {
      outputs = observed(file, input, outputs);
    }
    for (MeshSignature known : MeshSignature.KNOWN) {
      List<TensorSignature> ordered = known.ordered(input, outputs);
      if (!ordered.isEmpty()) {
        return model(file, input, known, ordered);
      }
    }
    throw unknown(file, "its input and outputs are those of no network that is known");
  }

  private static MeshModel model(
      OnnxFile file, CropInput input, MeshSignature known, List<TensorSignature> outputs) {
    InputNormalisation inside = InputNormalisation.of(file.graph(), input.name());
    InputFormat format = known.format(inside).in(input.layout());
    boolean open = input.isOpen() && outputs.stream().allMatch(output -> output.size(0) < 0);
    return new MeshModel(
        file.name(),
        file.sha256(),
        ModelDescription.origin(file),
        known.family(file.graph(), outputs),
        known.crop(),
        format,
        new Ports(
            input.name(),
            ElementType.FLOAT,
            outputs.stream().map(TensorSignature::name).toList(),
            open ? Integer.MAX_VALUE : 1));
  }

  private static List<TensorSignature> observed(
      OnnxFile file, CropInput input, List<TensorSignature> declared) {
    long[] shape = input.shape();
    int bytes = Float.BYTES;
    for (long length : shape) {
      bytes = Math.multiplyExact(bytes, Math.toIntExact(length));
    }
    try (TrialSession session = TrialSession.open(file.bytes())) {
      Map<String, TrialSession.TrialOutput> seen =
          session.run(input.name(), ElementType.FLOAT, ByteBuffer.allocate(bytes), shape);
      List<TensorSignature> observed = new ArrayList<>();
      for (TensorSignature output : declared) {
        TrialSession.TrialOutput found = seen.get(output.name());
        observed.add(found == null ? output : output.observed(found.shape()));
      }
      return observed;
    } catch (InferenceException failure) {
      throw unknown(
          file,
          "shapes of its outputs are not declared, and it doesn't run to show them (%s)"
              .formatted(failure.getMessage()));
    }
  }

  /** The networks that are understood, one a line, each with its end. */
  public static String understood() {
    return MeshSignature.understood();
  }

  /** A network that isn't understood, with all that is. */
  static UnknownModelException unknown(OnnxFile file, String reason) {
    return new UnknownModelException(
        file.name(),
        "no mesh or landmark network that is understood",
        reason,
        file.signature(),
        "Understood are\n%sOther networks can't be used for --mesh-model."
            .formatted(MeshSignature.understood()));
  }
}
