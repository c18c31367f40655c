package org.retinaspark.udf.graph;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.retinaspark.udf.runtime.ElementType;
import org.retinaspark.udf.runtime.TrialSession;

/** ONNX Runtime's deformable convolution against plain loops, on random numbers. */
class DeformableConvolutionTest {

  private static final int OPERATOR_SET = 22;

  /** Windows stray up to that many cells, and beyond the border. */
  private static final double REACH = 3;

  @Property(tries = 40)
  void whatTheBuilderWritesIsTheReference(
      @ForAll @IntRange(min = 1, max = 2) int batch,
      @ForAll @IntRange(min = 1, max = 9) int height,
      @ForAll @IntRange(min = 1, max = 9) int width,
      @ForAll boolean wide,
      @ForAll @IntRange(min = 1, max = 2) int stride,
      @ForAll @IntRange(min = 1, max = 2) int groups,
      @ForAll int seed) {
    Window window = new Window(wide ? 3 : 1, stride, groups);
    Numbers numbers = new Numbers(new DeformableReference(batch, 4, 6, height, width, window, 1));
    numbers.fill(new SplittableRandom(seed));
    Arrays.fill(numbers.mask, 1);
    GraphBuilder graph = new GraphBuilder("deformable");
    Value result =
        graph.deformableConvolution(
            "result",
            graph.input("map", "batch", "4", "height", "width"),
            graph.constant(
                "weight", numbers.weight, 6, 4 / groups, window.kernel(), window.kernel()),
            graph.constant("offsets", numbers.offsets, numbers.offsetShape()),
            graph.constant("bias", numbers.bias, 6),
            window);
    graph.output(result, "a map", "batch", "6", "height", "width");
    assertSame(numbers, graph.onnx(Map.of()));
  }

  /** Masks and groups of offsets, which models from elsewhere may have. */
  @Property(tries = 20)
  void masksAndGroupsOfOffsetsAreTheReference(
      @ForAll @IntRange(min = 1, max = 7) int height,
      @ForAll @IntRange(min = 1, max = 7) int width,
      @ForAll @IntRange(min = 1, max = 2) int groups,
      @ForAll @IntRange(min = 1, max = 2) int offsetGroups,
      @ForAll int seed) {
    Window window = new Window(3, 1, groups);
    Numbers numbers =
        new Numbers(new DeformableReference(2, 4, 6, height, width, window, offsetGroups));
    numbers.fill(new SplittableRandom(seed));
    NetworkBuilder network = new NetworkBuilder();
    List<String> inputs =
        List.of(
            network.input("map", "batch", "4", "height", "width"),
            network.floats(List.of(6L, 4L / groups, 3L, 3L), numbers.weight),
            network.floats(numbers.shape(2L * offsetGroups * 9), numbers.offsets),
            network.floats(List.of(6L), numbers.bias),
            network.floats(numbers.shape(offsetGroups * 9L), numbers.mask));
    String result =
        network.node(
            "DeformConv",
            inputs,
            NetworkBuilder.integersAttribute("pads", 1, 1, 1, 1),
            NodeAttributes.integer("group", groups),
            NodeAttributes.integer("offset_group", offsetGroups));
    network.output(result, "result", "batch", "6", "height", "width");
    ModelProto.Builder model = network.model().toBuilder();
    model.getOpsetImportBuilder(0).setVersion(OPERATOR_SET);
    assertSame(numbers, model.build().toByteArray());
  }

  private static void assertSame(Numbers numbers, byte[] onnx) {
    DeformableReference reference = numbers.reference;
    float[] expected =
        reference.apply(numbers.input, numbers.weight, numbers.offsets, numbers.bias, numbers.mask);
    ByteBuffer map =
        ByteBuffer.allocate(numbers.input.length * Float.BYTES).order(ByteOrder.nativeOrder());
    map.asFloatBuffer().put(numbers.input);
    long[] shape = {reference.batch(), reference.inputs(), reference.height(), reference.width()};
    try (TrialSession session = TrialSession.open(onnx)) {
      TrialSession.TrialOutput output =
          Objects.requireNonNull(session.run("map", ElementType.FLOAT, map, shape).get("result"));
      assertThat(output.shape())
          .containsExactly(
              reference.batch(), reference.outputs(), reference.rows(), reference.columns());
      FloatBuffer values = output.values();
      float[] actual = new float[values.limit()];
      values.get(0, actual);
      assertThat(actual).containsExactly(expected, Offset.offset(2e-5f));
    }
  }

  private static final class Numbers {

    private final DeformableReference reference;
    private final float[] input;
    private final float[] weight;
    private final float[] offsets;
    private final float[] bias;
    private final float[] mask;

    Numbers(DeformableReference reference) {
      this.reference = reference;
      int cells = reference.batch() * reference.rows() * reference.columns();
      int sets = reference.offsetGroups() * reference.taps();
      Window window = reference.window();
      input =
          new float
              [reference.batch() * reference.inputs() * reference.height() * reference.width()];
      weight =
          new float[reference.outputs() * reference.inputs() / window.groups() * reference.taps()];
      offsets = new float[cells * sets * 2];
      bias = new float[reference.outputs()];
      mask = new float[cells * sets];
    }

    void fill(SplittableRandom random) {
      fill(random, input, 1);
      fill(random, weight, 1);
      fill(random, offsets, REACH);
      fill(random, bias, 1);
      fill(random, mask, 1);
    }

    private static void fill(SplittableRandom random, float[] values, double reach) {
      for (int index = 0; index < values.length; index++) {
        values[index] = (float) ((2 * random.nextDouble() - 1) * reach);
      }
    }

    List<Long> shape(long planes) {
      return List.of(
          (long) reference.batch(), planes, (long) reference.rows(), (long) reference.columns());
    }

    int[] offsetShape() {
      return shape(2L * reference.taps()).stream().mapToInt(Math::toIntExact).toArray();
    }
  }
}
