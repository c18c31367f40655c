package org.retinaspark.udf.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A parsed ONNX file that is whole, self-contained and of operators that ONNX Runtime has. Parsing
 * reads nothing but the bytes that were given.
 *
 * @param name the name of the file
 * @param bytes the file, shared, not copied
 * @param proto what it says
 */
public record OnnxFile(String name, byte[] bytes, ModelProto proto) {

  /** The largest detectors have a tenth of this. */
  private static final int MOST_BYTES = 1 << 30;

  private static final Set<Integer> LEARNED =
      Set.of(
          TensorProto.DataType.FLOAT_VALUE,
          TensorProto.DataType.FLOAT16_VALUE,
          TensorProto.DataType.BFLOAT16_VALUE,
          TensorProto.DataType.DOUBLE_VALUE,
          TensorProto.DataType.INT8_VALUE,
          TensorProto.DataType.UINT8_VALUE);

  /**
   * Reads a file.
   *
   * @throws InvalidModelException if it isn't ONNX, or can't be run for what it is
   */
  public static OnnxFile parse(byte[] bytes, String name) {
    if (bytes.length > MOST_BYTES) {
      throw new InvalidModelException(
          name, "it has %d bytes, more than the limit of %d".formatted(bytes.length, MOST_BYTES));
    }
    ModelProto proto;
    try {
      CodedInputStream input = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
      // Weights stay where they are: a file of 300 MB is not in memory twice.
      input.enableAliasing(true);
      proto = ModelProto.parseFrom(input);
      input.checkLastTagWas(0);
    } catch (IOException fault) {
      throw new InvalidModelException(
          name,
          "it is not an ONNX file, or a damaged or cut one (files of weights, such as .pth, are for"
              + " 'model build')");
    }
    if (proto.getIrVersion() < 1 || proto.getGraph().getNodeCount() == 0) {
      throw new InvalidModelException(name, "it is not an ONNX file: it has no graph");
    }
    OnnxSafety.check(name, proto);
    return new OnnxFile(name, bytes, proto);
  }

  /** Digest of the bytes, 64 lower-case hexadecimal digits. */
  public String sha256() {
    return sha256(bytes);
  }

  /** Digest of a file's bytes, whatever they are, likewise. */
  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  /** The version of ONNX's own operators that the graph is written in. */
  long operatorSet() {
    return proto.getOpsetImportList().stream()
        .filter(set -> set.getDomain().isEmpty() || set.getDomain().equals("ai.onnx"))
        .mapToLong(OperatorSetIdProto::getVersion)
        .max()
        .orElse(1);
  }

  /** Inputs (old files list their initialisers among them: left out) and outputs. */
  public ModelSignature signature() {
    GraphProto graph = proto.getGraph();
    Set<String> initialisers =
        graph.getInitializerList().stream().map(TensorProto::getName).collect(Collectors.toSet());
    return new ModelSignature(
        signatures(
            graph.getInputList().stream()
                .filter(input -> !initialisers.contains(input.getName()))
                .toList()),
        signatures(graph.getOutputList()));
  }

  /** What the file says of itself, by key. */
  public Map<String, String> metadata() {
    Map<String, String> metadata = new LinkedHashMap<>();
    for (StringStringEntryProto entry : proto.getMetadataPropsList()) {
      metadata.put(entry.getKey(), entry.getValue());
    }
    return metadata;
  }

  /**
   * The values of a constant of floats, in row-major order; null if there is none of that name and
   * shape.
   */
  public float @Nullable [] floats(String constant, long... shape) {
    TensorProto tensor = graph().tensor(constant);
    List<Long> axes = Arrays.stream(shape).boxed().toList();
    return tensor == null || !tensor.getDimsList().equals(axes)
        ? null
        : TensorValues.floats(tensor, axes.stream().reduce(1L, Math::multiplyExact));
  }

  /**
   * The same model with these of its outputs alone, and without what they don't need.
   *
   * @param names of some of its outputs
   */
  public OnnxFile withOutputs(List<String> names) {
    GraphProto graph = proto.getGraph();
    List<ValueInfoProto> kept =
        graph.getOutputList().stream().filter(it -> names.contains(it.getName())).toList();
    GraphProto live =
        LiveGraph.of(graph.toBuilder().clearOutput().addAllOutput(kept).clearValueInfo().build());
    return parse(bytes(proto, live, Map.of()), name);
  }

  /** How many nodes the graph has. */
  public int nodeCount() {
    return proto.getGraph().getNodeCount();
  }

  /**
   * How many numbers the network has learned: those of its constants that aren't whole, and
   * quantised ones.
   */
  public long parameterCount() {
    GraphProto graph = proto.getGraph();
    Stream<TensorProto> constants =
        graph.getNodeList().stream()
            .filter(node -> node.getOpType().equals("Constant"))
            .flatMap(node -> node.getAttributeList().stream())
            .filter(AttributeProto::hasT)
            .map(AttributeProto::getT);
    return Stream.concat(graph.getInitializerList().stream(), constants)
        .filter(tensor -> LEARNED.contains(tensor.getDataType()))
        .mapToLong(tensor -> tensor.getDimsList().stream().reduce(1L, (a, b) -> a * b))
        .sum();
  }

  /** The operator sets that the graph is written in, for people. */
  public String operatorSets() {
    return proto.getOpsetImportList().stream()
        .sorted(Comparator.comparing(OperatorSetIdProto::getDomain))
        .map(
            set ->
                (set.getDomain().isEmpty() ? "ai.onnx" : Printable.text(set.getDomain()))
                    + " "
                    + set.getVersion())
        .collect(Collectors.joining(", "));
  }

  /** What wrote the file, for people; empty if it doesn't say. */
  public String producer() {
    return Printable.text((proto.getProducerName() + " " + proto.getProducerVersion()).trim());
  }

  /** The connections of the graph. */
  public Graph graph() {
    return new Graph(proto.getGraph());
  }

  /**
   * A file with a graph.
   *
   * @param model what else is in the file
   * @param metadata put in, in place of entries with the same keys; an empty text leaves the entry
   *     out
   */
  static byte[] bytes(ModelProto model, GraphProto graph, Map<String, String> metadata) {
    ModelProto.Builder file = model.toBuilder().setGraph(graph);
    // Before version 4 initialisers had to be inputs too, and inputs are what shapes hang on.
    file.setIrVersion(Math.max(file.getIrVersion(), 4));
    List<StringStringEntryProto> others =
        file.getMetadataPropsList().stream()
            .filter(entry -> !metadata.containsKey(entry.getKey()))
            .toList();
    file.clearMetadataProps().addAllMetadataProps(others);
    metadata.forEach(
        (key, value) -> {
          if (!value.isEmpty()) {
            file.addMetadataPropsBuilder().setKey(key).setValue(value);
          }
        });
    return file.build().toByteArray();
  }

  private static List<TensorSignature> signatures(List<ValueInfoProto> declared) {
    return declared.stream().map(TensorSignature::of).toList();
  }
}
