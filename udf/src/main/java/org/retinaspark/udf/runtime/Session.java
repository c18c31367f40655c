package org.retinaspark.udf.runtime;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;

/**
 * A loaded model. Owns ONNX Runtime's session and its options; any number of threads may run it at
 * once, and nobody may close it while one does.
 */
final class Session implements Network {

  private final SessionFacts facts;
  private final OrtSession.SessionOptions options;
  private final OrtSession session;
  private final TensorBudget budget;
  private final OutputShapes shapes = new OutputShapes();

  private Session(
      SessionFacts facts,
      OrtSession.SessionOptions options,
      OrtSession session,
      TensorBudget budget) {
    this.facts = facts;
    this.options = options;
    this.session = session;
    this.budget = budget;
  }

  /**
   * Loads a model.
   *
   * @throws ProviderUnavailableException if a provider was asked for by name and can't be had
   * @throws InferenceException if ONNX Runtime refuses the model
   */
  static Session open(SessionRequest request, byte[] model, TensorBudget budget) {
    SessionOpener opener = new SessionOpener(request, model, budget);
    return request.provider() == Provider.AUTO
        ? opener.openBest()
        : opener.open(request.provider());
  }

  static Session of(
      SessionFacts facts, OrtSession.SessionOptions options, byte[] bytes, TensorBudget budget)
      throws OrtException {
    OrtSession session = RuntimeEnvironment.shared().createSession(bytes, options);
    return new Session(facts, options, session, budget);
  }

  @Override
  public SessionFacts facts() {
    return facts;
  }

  @Override
  public BatchOutputs run(InputKind kind, int batch, ByteBuffer tensors) {
    long[] shape = kind.batched(batch);
    Ports ports = kind.ports();
    try (OnnxTensor input = RuntimeTensors.input(ports.type(), tensors, shape)) {
      Map<String, OnnxTensor> inputs = Map.of(ports.input(), input);
      Optional<Map<String, long[]>> known = shapes.of(ports, shape);
      return known.isPresent()
          ? runInto(known.get(), inputs, batch)
          : runAndLearn(ports, shape, inputs, batch);
    } catch (OrtException | NoSuchElementException failure) {
      throw new InferenceException(
          "the network failed on an input of " + Arrays.toString(shape), failure);
    }
  }

  /** The outputs in native memory of ours. */
  private BatchOutputs runInto(
      Map<String, long[]> outputs, Map<String, OnnxTensor> inputs, int batch) throws OrtException {
    TensorLease memory = budget.outputs(RuntimeTensors.outputBytes(outputs));
    boolean ran = false;
    try {
      List<FloatBuffer> values = new ArrayList<>(outputs.size());
      Map<String, OnnxTensor> pinned = RuntimeTensors.outputs(memory.buffer(), outputs, values);
      try {
        session.run(inputs, Set.of(), pinned).close();
      } finally {
        pinned.values().forEach(OnnxTensor::close);
      }
      BatchOutputs split = new BatchOutputs(split(values, batch), memory::close);
      ran = true;
      return split;
    } finally {
      if (!ran) {
        memory.close();
      }
    }
  }

  /** The outputs copied to the heap, and their shapes noted for the next input of this size. */
  private BatchOutputs runAndLearn(
      Ports ports, long[] shape, Map<String, OnnxTensor> inputs, int batch) throws OrtException {
    try (OrtSession.Result result = session.run(inputs, Set.copyOf(ports.outputs()))) {
      Map<String, OnnxTensor> outputs = new LinkedHashMap<>();
      List<FloatBuffer> values = new ArrayList<>(ports.outputs().size());
      for (String name : ports.outputs()) {
        OnnxTensor output = (OnnxTensor) result.get(name).orElseThrow();
        outputs.put(name, output);
        values.add(output.getFloatBuffer());
      }
      shapes.learn(ports, shape, outputs);
      return new BatchOutputs(split(values, batch), () -> {});
    }
  }

  private static List<List<FloatBuffer>> split(List<FloatBuffer> outputs, int batch) {
    List<List<FloatBuffer>> split = new ArrayList<>(batch);
    for (int index = 0; index < batch; index++) {
      List<FloatBuffer> own = new ArrayList<>(outputs.size());
      for (FloatBuffer output : outputs) {
        int length = output.limit() / batch;
        own.add(output.slice(index * length, length));
      }
      split.add(own);
    }
    return split;
  }

  /** Frees the session, then its options: ONNX Runtime needs this order. */
  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException failure) {
      throw new InferenceException("the session can't be closed", failure);
    } finally {
      options.close();
    }
  }

  /**
   * The shapes that a model's outputs had for each shape of its input, of the sizes seen last: a
   * model doesn't tell before it runs. Safe for use by several threads.
   */
  private static final class OutputShapes {

    /** Sizes of which the shapes are kept. */
    private static final int MOST_SIZES = 4096;

    private final Map<Seen, Map<String, long[]>> seen =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<Seen, Map<String, long[]>> eldest) {
            return size() > MOST_SIZES;
          }
        };

    /** The shapes by name; empty for an input not seen yet, or whose outputs aren't all floats. */
    synchronized Optional<Map<String, long[]>> of(Ports ports, long[] input) {
      return Optional.ofNullable(seen.get(key(ports, input)));
    }

    /** Takes note of the outputs of a run. */
    synchronized void learn(Ports ports, long[] input, Map<String, OnnxTensor> outputs) {
      Map<String, long[]> shapes = new LinkedHashMap<>();
      boolean floats = true;
      for (Map.Entry<String, OnnxTensor> output : outputs.entrySet()) {
        floats &= output.getValue().getInfo().type == OnnxJavaType.FLOAT;
        shapes.put(output.getKey(), output.getValue().getInfo().getShape());
      }
      if (floats) {
        seen.put(key(ports, input), shapes);
      }
    }

    private static Seen key(Ports ports, long[] shape) {
      return new Seen(ports, Arrays.stream(shape).boxed().toList());
    }

    private record Seen(Ports ports, List<Long> input) {}
  }
}
