package org.retinaspark.udf.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.retinaspark.udf.model.RecognitionOptions.BY_FILE;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.retinaspark.udf.model.ModelImport;
import org.retinaspark.udf.model.ModelImportException;
import org.retinaspark.udf.model.ModelImportTest;
import org.retinaspark.udf.model.ModelRecognition;
import org.retinaspark.udf.model.TinyModels;
import org.retinaspark.udf.model.UnknownModelException;

/** What a model from a stranger may hide where {@link OnnxFileTest} doesn't look. */
final class HostileModelTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final TensorProto OUTSIDE =
      TensorProto.newBuilder()
          .setName("w")
          .setDataLocation(TensorProto.DataLocation.EXTERNAL)
          .build();
  private static final NodeProto STRANGE =
      NodeProto.newBuilder().setDomain("my.corp").setOpType("Warp").build();

  @Example
  void listsOfConstantsInAnotherFileAreRefused() {
    ModelProto.Builder model = tiny();
    model.getGraphBuilder().getNodeBuilder(0).addAttributeBuilder().addTensors(OUTSIDE);
    assertRefused(model, "lie in another file");
  }

  @Example
  void sparseWeightsInAnotherFileAreRefused() {
    ModelProto.Builder initialiser = tiny();
    initialiser.getGraphBuilder().addSparseInitializerBuilder().setValues(OUTSIDE);
    assertRefused(initialiser, "lie in another file");
    ModelProto.Builder constant = tiny();
    constant
        .getGraphBuilder()
        .getNodeBuilder(0)
        .addAttributeBuilder()
        .getSparseTensorBuilder()
        .setIndices(OUTSIDE);
    assertRefused(constant, "lie in another file");
  }

  @Example
  void subgraphsAreLookedIntoHoweverTheyAreHeld() {
    GraphProto weights = GraphProto.newBuilder().addInitializer(OUTSIDE).build();
    GraphProto strange = GraphProto.newBuilder().addNode(STRANGE).build();
    assertRefused(holding(AttributeProto.newBuilder().setG(weights)), "lie in another file");
    assertRefused(holding(AttributeProto.newBuilder().addGraphs(weights)), "lie in another file");
    assertRefused(holding(AttributeProto.newBuilder().setG(strange)), "custom operator");
    assertRefused(holding(AttributeProto.newBuilder().addGraphs(strange)), "custom operator");
  }

  @Example
  void functionsAreLookedInto() {
    ModelProto.Builder strange = tiny();
    strange.addFunctionsBuilder().setDomain("own").setName("f").addNode(STRANGE);
    assertRefused(strange, "custom operator 'my.corp.Warp'");
    ModelProto.Builder weights = tiny();
    weights
        .addFunctionsBuilder()
        .setDomain("own")
        .setName("f")
        .addNodeBuilder()
        .addAttributeBuilder()
        .setT(OUTSIDE);
    assertRefused(weights, "lie in another file");
  }

  @Example
  void defaultsOfFunctionsAndTrainingGraphsAreLookedInto() {
    ModelProto.Builder defaults = tiny();
    defaults
        .addFunctionsBuilder()
        .setDomain("own")
        .setName("f")
        .addAttributeProtoBuilder()
        .setName("scale")
        .setT(OUTSIDE);
    assertRefused(defaults, "lie in another file");
    ModelProto.Builder initialisation = tiny();
    initialisation.addTrainingInfoBuilder().getInitializationBuilder().addInitializer(OUTSIDE);
    assertRefused(initialisation, "lie in another file");
    ModelProto.Builder strange = tiny();
    strange.addTrainingInfoBuilder().getAlgorithmBuilder().addNode(STRANGE);
    assertRefused(strange, "custom operator");
  }

  /** Each path of the format that ends in a tensor, so that a new one is tried too. */
  @Example
  void aTensorInAnotherFileIsRefusedWhereverTheFormatHasOne() {
    List<List<FieldDescriptor>> paths = new ArrayList<>();
    pathsToTensors(ModelProto.getDescriptor(), new ArrayDeque<>(), paths);
    assertThat(paths).hasSizeGreaterThan(40);
    for (List<FieldDescriptor> path : paths) {
      ModelProto.Builder model = tiny();
      model.mergeFrom((ModelProto) along(ModelProto.getDefaultInstance(), path));
      byte[] onnx = model.build().toByteArray();
      assertThatThrownBy(() -> OnnxFile.parse(onnx, "a.onnx"))
          .as("%s", path)
          .isInstanceOf(InvalidModelException.class)
          .hasMessageContaining("lie in another file");
    }
  }

  @Example
  void networksCompiledForADeviceAreRefused() {
    NodeProto compiled =
        NodeProto.newBuilder().setDomain("com.microsoft").setOpType("EPContext").build();
    ModelProto.Builder model = tiny();
    model.getGraphBuilder().addNode(compiled);
    assertRefused(model, "compiled for one device");
  }

  @Example
  void deepNestingIsRefusedAndNotFollowed() {
    GraphProto graph = GraphProto.newBuilder().setName("innermost").build();
    for (int depth = 0; depth < 60; depth++) {
      NodeProto node =
          NodeProto.newBuilder()
              .setOpType("If")
              .addAttribute(AttributeProto.newBuilder().setName("then_branch").setG(graph))
              .build();
      graph = GraphProto.newBuilder().addNode(node).build();
    }
    ModelProto.Builder model = holding(AttributeProto.newBuilder().setG(graph));
    assertRefused(model, "it is not an ONNX file, or a damaged or cut one");
  }

  @Example
  void aTensorThatClaimsMoreThanItHoldsTakesNoMemory() {
    ModelProto.Builder model = tiny();
    model.getGraphBuilder().getInitializerBuilder(0).clearDims().addDims(1L << 40).addDims(1 << 20);
    byte[] onnx = model.build().toByteArray();
    Throwable thrown = catchThrowable(() -> ModelImport.of(onnx, "a.onnx", BY_FILE));
    assertThat(thrown)
        .isInstanceOfAny(
            InvalidModelException.class, UnknownModelException.class, ModelImportException.class);
  }

  @Property(tries = 500, seed = "20190503")
  void noiseIsNoModel(@ForAll @Size(max = 400) byte[] noise) {
    assertOurs(noise);
  }

  /** Bits that say lengths, types and names, all over a valid file; no native code is reached. */
  @Property(tries = 500, seed = "20190504")
  void flippedBitsGiveADescriptionOrAClearError(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] model = random.nextBoolean() ? TinyModels.scrfdFamily() : TinyModels.pytorchFamily();
    for (int flips = 1 + random.nextInt(6); flips > 0; flips--) {
      model[random.nextInt(model.length)] ^= (byte) (1 << random.nextInt(8));
    }
    assertOurs(model);
  }

  /** The ways from a message to tensors that pass no type of message twice. */
  private static void pathsToTensors(
      Descriptor message, Deque<FieldDescriptor> path, List<List<FieldDescriptor>> found) {
    if (message.equals(TensorProto.getDescriptor())) {
      found.add(List.copyOf(path));
      return;
    }
    for (FieldDescriptor field : message.getFields()) {
      if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
          && path.stream().noneMatch(each -> each.getMessageType() == field.getMessageType())) {
        path.addLast(field);
        pathsToTensors(field.getMessageType(), path, found);
        path.removeLast();
      }
    }
  }

  /** A message with nothing but one way to a tensor that lies in another file. */
  private static Message along(Message message, List<FieldDescriptor> path) {
    if (path.isEmpty()) {
      return OUTSIDE;
    }
    FieldDescriptor field = path.get(0);
    Message.Builder builder = message.newBuilderForType();
    Message inner = along(builder.newBuilderForField(field).build(), path.subList(1, path.size()));
    return field.isRepeated()
        ? builder.addRepeatedField(field, inner).build()
        : builder.setField(field, inner).build();
  }

  private static void assertOurs(byte[] onnx) {
    Throwable thrown =
        assertTimeoutPreemptively(
            PATIENCE,
            () -> catchThrowable(() -> ModelRecognition.describe(onnx, "a.onnx", BY_FILE)));
    if (thrown != null) {
      assertThat(thrown).isInstanceOfAny(InvalidModelException.class, UnknownModelException.class);
      assertThat(thrown).message().isNotBlank();
    }
  }

  private static void assertRefused(ModelProto.Builder model, String reason) {
    byte[] onnx = model.build().toByteArray();
    assertThatThrownBy(() -> ModelImport.of(onnx, "a.onnx", BY_FILE))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining(reason);
  }

  private static ModelProto.Builder holding(AttributeProto.Builder attribute) {
    ModelProto.Builder model = tiny();
    model.getGraphBuilder().getNodeBuilder(0).addAttribute(attribute.setName("body"));
    return model;
  }

  private static ModelProto.Builder tiny() {
    return ModelImportTest.parse(TinyModels.pytorchFamily()).toBuilder();
  }
}
