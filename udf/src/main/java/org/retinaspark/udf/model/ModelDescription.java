package org.retinaspark.udf.model;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.retinaspark.udf.catalogue.KnownModel;
import org.retinaspark.udf.detect.Family;
import org.retinaspark.udf.detect.InputSize;
import org.retinaspark.udf.graph.OnnxFile;
import org.retinaspark.udf.input.InputFormat;
import org.retinaspark.udf.input.TensorLayout;
import org.retinaspark.udf.runtime.ElementType;
import org.retinaspark.udf.runtime.Ports;

/**
 * What a model is and how it is spoken to.
 *
 * @param name the name of its file
 * @param sha256 digest of its bytes, 64 lower-case hexadecimal digits
 * @param origin digest of the published file that it was made of, as it says itself; its own where
 *     it says none
 * @param family how its outputs are read
 * @param format how its input tensor is made
 * @param input name of the input tensor, laid out as the family's input format says
 * @param size the tensor sizes that the input takes
 * @param outputs names of the output tensors, in the order that the family documents, which need
 *     not be the file's
 */
public record ModelDescription(
    String name,
    String sha256,
    String origin,
    Family family,
    InputFormat format,
    String input,
    InputSize size,
    List<String> outputs)
    implements Serializable {

  /** Keeps an unmodifiable list. */
  public ModelDescription {
    outputs = List.copyOf(outputs);
  }

  /** Digest of the published file that a file was made of, as it says itself; else its own. */
  public static String origin(OnnxFile file) {
    return ModelMetadata.of(file).origin(file.sha256());
  }

  /** The published file that it is, or was made of, if that is a known one. */
  public Optional<KnownModel> published() {
    return KnownModel.of(origin);
  }

  /** The same model of another size. */
  ModelDescription of(InputSize other) {
    return new ModelDescription(name, sha256, origin, family, format, input, other, outputs);
  }

  /** The tensors by which a request speaks to it. */
  public Ports ports() {
    return new Ports(input, elementType(format.layout()), outputs, size.batchLimit());
  }

  static ElementType elementType(TensorLayout layout) {
    return switch (layout) {
      case PLANES, INTERLEAVED -> ElementType.FLOAT;
      case PIXELS -> ElementType.UINT8;
    };
  }
}
