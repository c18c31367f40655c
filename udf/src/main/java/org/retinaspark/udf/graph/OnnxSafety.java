package org.retinaspark.udf.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Looks for what would make ONNX Runtime open another file or ask for another library: in the
 * graph, in the graphs within it, and in the file's own functions. The parser bounds how deep they
 * lie within each other.
 */
final class OnnxSafety {

  /** Operator sets of ONNX Runtime's CPU and CUDA builds. */
  private static final Set<String> DOMAINS = Set.of("", "ai.onnx", "ai.onnx.ml", "com.microsoft");

  private final String name;
  private final Set<String> ownDomains;

  private OnnxSafety(String name, Set<String> ownDomains) {
    this.name = name;
    this.ownDomains = ownDomains;
  }

  /**
   * Checks a file.
   *
   * @throws InvalidModelException if it isn't self-contained
   */
  static void check(String name, ModelProto model) {
    OnnxSafety safety =
        new OnnxSafety(
            name,
            model.getFunctionsList().stream()
                .map(FunctionProto::getDomain)
                .collect(Collectors.toSet()));
    safety.check(model.getGraph());
    model.getFunctionsList().forEach(function -> function.getNodeList().forEach(safety::check));
  }

  private void check(GraphProto graph) {
    graph.getInitializerList().forEach(this::check);
    graph.getSparseInitializerList().forEach(this::check);
    graph.getNodeList().forEach(this::check);
  }

  private void check(NodeProto node) {
    if (!DOMAINS.contains(node.getDomain()) && !ownDomains.contains(node.getDomain())) {
      throw new InvalidModelException(
          name,
          "it uses the custom operator '%s.%s', which ONNX Runtime doesn't have"
              .formatted(Printable.text(node.getDomain()), Printable.text(node.getOpType())));
    }
    for (AttributeProto attribute : node.getAttributeList()) {
      check(attribute.getT());
      attribute.getTensorsList().forEach(this::check);
      check(attribute.getSparseTensor());
      attribute.getSparseTensorsList().forEach(this::check);
      attribute.getGraphsList().forEach(this::check);
      if (attribute.hasG()) {
        check(attribute.getG());
      }
    }
  }

  private void check(SparseTensorProto tensor) {
    check(tensor.getValues());
    check(tensor.getIndices());
  }

  private void check(TensorProto tensor) {
    if (tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL
        || tensor.getExternalDataCount() > 0) {
      throw new InvalidModelException(
          name,
          ("its weights ('%s') lie in another file; save it as one file"
                  + " (onnx.save_model(onnx.load(FILE), OUT) in Python)")
              .formatted(Printable.text(tensor.getName())));
    }
  }
}
