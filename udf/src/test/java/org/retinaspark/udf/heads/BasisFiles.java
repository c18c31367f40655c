package org.retinaspark.udf.heads;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.retinaspark.udf.graph.OnnxFile;

/** Files of meshes with something broken, and one with a part left out. */
final class BasisFiles {

  private BasisFiles() {}

  enum Fault {
    NAN,
    SHORT,
    INTEGERS,
    ABSENT_MEAN,
    VAST
  }

  static byte[] with(Fault fault, byte[] onnx) {
    ModelProto.Builder model = OnnxFile.parse(onnx, "a.onnx").proto().toBuilder();
    GraphProto.Builder graph = model.getGraphBuilder();
    for (TensorProto.Builder tensor : graph.getInitializerBuilderList()) {
      if (tensor.getName().equals("mesh_basis.Mesh68")) {
        breakBasis(fault, tensor);
      } else if (tensor.getName().equals("mesh_mean.Mesh68") && fault == Fault.ABSENT_MEAN) {
        tensor.setName("elsewhere");
      }
    }
    for (ValueInfoProto.Builder output : graph.getOutputBuilderList()) {
      if (output.getName().equals("mesh.Mesh68") && fault == Fault.VAST) {
        output
            .getTypeBuilder()
            .getTensorTypeBuilder()
            .getShapeBuilder()
            .getDimBuilder(2)
            .setDimValue(1L << 40);
      }
    }
    return model.build().toByteArray();
  }

  private static void breakBasis(Fault fault, TensorProto.Builder basis) {
    byte[] values = basis.getRawData().toByteArray();
    switch (fault) {
      case NAN -> ByteBuffer.wrap(values).order(ByteOrder.LITTLE_ENDIAN).putFloat(400, Float.NaN);
      case SHORT -> values = new byte[4];
      case INTEGERS -> basis.setDataType(TensorProto.DataType.INT32_VALUE);
      default -> {}
    }
    basis.setRawData(ByteString.copyFrom(values));
  }

  /** A file whose softmaxes pass on what they are given. */
  static byte[] withoutSoftmax(OnnxFile file) {
    ModelProto.Builder model = file.proto().toBuilder();
    for (NodeProto.Builder node : model.getGraphBuilder().getNodeBuilderList()) {
      if (node.getOpType().equals("Softmax")) {
        node.setOpType("Identity").clearAttribute();
      }
    }
    return model.build().toByteArray();
  }
}
