package org.retinaspark.udf.runtime;

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
public final class Session implements Network, AutoCloseable {

  private final Provider provider;
  private final OrtSession.SessionOptions options;
  private final OrtSession session;
  private final OutputShapes shapes = new OutputShapes();

  private final TensorReserve inputReserve = new TensorReserve();
  private final TensorReserve outputReserve = new TensorReserve();

  private Session(Provider provider, OrtSession.SessionOptions options, OrtSession session) {
    this.provider = provider;
    this.options = options;
    this.session = session;
  }

  /**
   * Loads a model.
   *
   * @throws ProviderUnavailableException if a provider was asked for by name and can't be had
   * @throws InferenceException if ONNX Runtime refuses the model
   */
  static Session open(SessionRequest request, byte[] model) {
    if (request.provider() != Provider.AUTO) {
      return new SessionOpener(request, model).open(request.provider());
    }
    return new SessionOpener(request, model).openBest();
  }

  static Session of(Provider provider, OrtSession.SessionOptions options, byte[] bytes)
      throws OrtException {
    OrtSession session = RuntimeEnvironment.shared().createSession(bytes, options);
    return new Session(provider, options, session);
  }

  /** Where the session computes; never {@link Provider#AUTO}. */
  public Provider provider() {
    return provider;
  }

  /** Memory for the network's inputs, for all tasks that share the session. */
  public TensorReserve inputReserve() {
    return inputReserve;
  }

  /**
   * Runs the network once.
   *
   * @param kind what all the inputs are
   * @param batch how many inputs there are
   * @param tensors a direct buffer that holds the inputs, one after the other, from its index 0 to
   *     its limit
   * @return for each input its outputs, to be closed by the caller
   * @throws InferenceException if the run fails
   */
  @Override
  public BatchOutputs run(InputKind kind, int batch, ByteBuffer tensors) {
    long[] shape = kind.batched(batch);
    Ports ports = kind.ports();
    try (OnnxTensor input = InputTensor.of(ports.type(), tensors, shape)) {
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
    TensorMemory memory = outputReserve.take();
    boolean ran = false;
    try {
      List<FloatBuffer> values = new ArrayList<>(outputs.size());
      Map<String, OnnxTensor> pinned = new OutputMemory(memory).tensors(outputs, values);
      try {
        session.run(inputs, Set.of(), pinned).close();
      } finally {
        pinned.values().forEach(OnnxTensor::close);
      }
      BatchOutputs split =
          new BatchOutputs(split(values, batch), () -> outputReserve.giveBack(memory));
      ran = true;
      return split;
    } finally {
      if (!ran) {
        outputReserve.giveBack(memory);
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
      inputReserve.close();
      outputReserve.close();
    }
  }
}
