package org.retinaspark.udf.onnx;

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
import org.retinaspark.udf.detect.NetworkOutput;
import org.retinaspark.udf.detect.Placement;
import org.retinaspark.udf.detect.TensorLayout;

/**
 * A loaded model. Owns ONNX Runtime's session and its options; any number of threads may run it at
 * once, and nobody may close it while one does.
 */
public final class Session implements Network, AutoCloseable {

  private final ModelDescription model;
  private final Provider provider;
  private final OrtSession.SessionOptions options;
  private final OrtSession session;
  private final OutputShapes shapes = new OutputShapes();

  private final TensorReserve inputReserve = new TensorReserve();
  private final TensorReserve outputReserve = new TensorReserve();

  private Session(
      ModelDescription model,
      Provider provider,
      OrtSession.SessionOptions options,
      OrtSession session) {
    this.model = model;
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

  static Session of(
      ModelDescription model, Provider provider, OrtSession.SessionOptions options, byte[] bytes)
      throws OrtException {
    OrtSession session = RuntimeEnvironment.shared().createSession(bytes, options);
    return new Session(model, provider, options, session);
  }

  /** What was loaded. */
  ModelDescription model() {
    return model;
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
   * @param tensors a direct buffer that holds the inputs from its index 0 to its limit, as {@link
   *     org.retinaspark.udf.detect.Detector#fill} writes them
   * @param batch the inputs, all of one tensor size, in the order of the buffer
   * @return for each input its outputs, to be closed by the caller
   * @throws InferenceException if the run fails
   */
  @Override
  public BatchOutputs run(ByteBuffer tensors, List<Placement> batch) {
    TensorLayout layout = model.family().input().layout();
    Placement first = batch.get(0);
    long[] shape = layout.shape(batch.size(), first.tensorHeight(), first.tensorWidth());
    try (OnnxTensor input = InputTensor.of(layout, tensors, shape)) {
      Map<String, OnnxTensor> inputs = Map.of(model.input(), input);
      Optional<Map<String, long[]>> known = shapes.of(shape);
      return known.isPresent()
          ? runInto(known.get(), inputs, batch)
          : runAndLearn(shape, inputs, batch);
    } catch (OrtException | NoSuchElementException failure) {
      throw new InferenceException(
          "the network failed on an input of " + Arrays.toString(shape), failure);
    }
  }

  /** The outputs in native memory of ours. */
  private BatchOutputs runInto(
      Map<String, long[]> outputs, Map<String, OnnxTensor> inputs, List<Placement> batch)
      throws OrtException {
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
      ran = true;
      return new BatchOutputs(split(values, batch), () -> outputReserve.giveBack(memory));
    } finally {
      if (!ran) {
        outputReserve.giveBack(memory);
      }
    }
  }

  /** The outputs copied to the heap, and their shapes noted for the next input of this size. */
  private BatchOutputs runAndLearn(
      long[] shape, Map<String, OnnxTensor> inputs, List<Placement> batch) throws OrtException {
    try (OrtSession.Result result = session.run(inputs, Set.copyOf(model.outputs()))) {
      Map<String, OnnxTensor> outputs = new LinkedHashMap<>();
      List<FloatBuffer> values = new ArrayList<>(model.outputs().size());
      for (String name : model.outputs()) {
        OnnxTensor output = (OnnxTensor) result.get(name).orElseThrow();
        outputs.put(name, output);
        values.add(output.getFloatBuffer());
      }
      shapes.learn(shape, outputs);
      return new BatchOutputs(split(values, batch), () -> {});
    }
  }

  private static List<NetworkOutput> split(List<FloatBuffer> outputs, List<Placement> batch) {
    List<NetworkOutput> split = new ArrayList<>(batch.size());
    for (int index = 0; index < batch.size(); index++) {
      List<FloatBuffer> own = new ArrayList<>(outputs.size());
      for (FloatBuffer output : outputs) {
        int length = output.limit() / batch.size();
        own.add(output.slice(index * length, length));
      }
      split.add(new NetworkOutput(batch.get(index), own));
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
