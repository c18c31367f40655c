package org.retinaspark.udf.graph;

import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Looks for what would make ONNX Runtime open another file or ask for another library. Each tensor
 * and each node is looked at wherever it stands, by a walk over all messages of the file: graphs
 * within graphs, functions and the defaults of their attributes, training information, and whatever
 * a later version of the format adds. The walk is as long as the file is, and as deep as the parser
 * allows.
 */
final class OnnxSafety {

  /** Operator sets of ONNX Runtime's CPU and CUDA builds. */
  static final Set<String> DOMAINS = Set.of("", "ai.onnx", "ai.onnx.ml", "com.microsoft");

  /** A network compiled for one device: the node names the file, or the library, that has it. */
  private static final String COMPILED = "EPContext";

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
    safety.walk(model);
  }

  private void walk(Message message) {
    if (message instanceof TensorProto tensor) {
      check(tensor);
    } else if (message instanceof NodeProto node) {
      check(node);
    }
    for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
      if (field.getKey().getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
        continue;
      }
      if (field.getKey().isRepeated()) {
        ((List<?>) field.getValue()).forEach(each -> walk((Message) each));
      } else {
        walk((Message) field.getValue());
      }
    }
  }

  private void check(NodeProto node) {
    if (!DOMAINS.contains(node.getDomain()) && !ownDomains.contains(node.getDomain())) {
      throw new InvalidModelException(
          name,
          "it uses the custom operator '%s.%s', which ONNX Runtime doesn't have"
              .formatted(Printable.text(node.getDomain()), Printable.text(node.getOpType())));
    }
    if (node.getOpType().equals(COMPILED)) {
      throw new InvalidModelException(
          name,
          "it is compiled for one device ('%s'); give the model that it was compiled from"
              .formatted(COMPILED));
    }
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
