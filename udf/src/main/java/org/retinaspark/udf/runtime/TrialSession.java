package org.retinaspark.udf.runtime;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A session on the CPU for finding out what a model does, opened and closed where it is needed.
 * Owns ONNX Runtime's session and its options.
 */
public final class TrialSession implements AutoCloseable {

  private final OrtSession.SessionOptions options;
  private final OrtSession session;

  private TrialSession(OrtSession.SessionOptions options, OrtSession session) {
    this.options = options;
    this.session = session;
  }

  /**
   * Loads a model.
   *
   * @throws InferenceException if ONNX Runtime refuses it
   */
  public static TrialSession open(byte[] model) {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    try {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      // What fails is reported; the runtime need not write it to standard error too.
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      return new TrialSession(options, RuntimeEnvironment.shared().createSession(model, options));
    } catch (OrtException failure) {
      options.close();
      throw new InferenceException("ONNX Runtime can't load the model", failure);
    }
  }

  /**
   * Runs the model once.
   *
   * @param values the input from index 0 to the limit, in native byte order
   * @return the outputs that are float tensors, by name, in the file's order
   * @throws InferenceException if the run fails
   */
  public Map<String, TrialOutput> run(
      String input, ElementType type, ByteBuffer values, long[] shape) {
    Map<String, TrialOutput> outputs = new LinkedHashMap<>();
    try (TensorMemory memory = new TensorMemory();
        OnnxTensor tensor =
            RuntimeTensors.input(type, memory.bytes(values.limit()).put(values).flip(), shape);
        OrtSession.Result result = session.run(Map.of(input, tensor))) {
      for (Map.Entry<String, OnnxValue> output : result) {
        if (output.getValue() instanceof OnnxTensor found
            && found.getInfo().type == OnnxJavaType.FLOAT) {
          outputs.put(
              output.getKey(), new TrialOutput(found.getInfo().getShape(), found.getFloatBuffer()));
        }
      }
      return outputs;
    } catch (OrtException failure) {
      throw new InferenceException(
          "the network failed on an input of " + Arrays.toString(shape), failure);
    }
  }

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
   * One output of a run, copied out of native memory.
   *
   * @param shape its axes
   * @param values its values from index 0 to the limit
   */
  public record TrialOutput(long[] shape, FloatBuffer values) {}
}
