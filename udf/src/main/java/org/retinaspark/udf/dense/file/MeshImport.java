package org.retinaspark.udf.dense.file;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.retinaspark.udf.dense.MeshModel;
import org.retinaspark.udf.dense.MeshRecognition;
import org.retinaspark.udf.graph.DynamicGraph;
import org.retinaspark.udf.graph.InvalidModelException;
import org.retinaspark.udf.graph.OnnxFile;
import org.retinaspark.udf.graph.OpenBatch;
import org.retinaspark.udf.graph.Printable;
import org.retinaspark.udf.model.ModelImport;
import org.retinaspark.udf.model.ModelImportException;
import org.retinaspark.udf.model.UnknownModelException;
import org.retinaspark.udf.runtime.InferenceException;
import org.retinaspark.udf.runtime.TrialSession;
import org.retinaspark.udf.tflite.TfliteImport;

/**
 * A network for meshes or landmarks as an ONNX file that takes any number of crops. Made from a
 * TFLite file or from ONNX, and proved before anybody can write it: it gave numbers, the same as
 * its source where that is ONNX, and for two crops together what it gave for each alone. Importing
 * an imported model gives the same bytes again.
 *
 * @param onnx the bytes of the file to write; shared, not copied
 * @param model what they are
 * @param changes what was changed, in words; empty where nothing had to be
 */
public record MeshImport(byte[] onnx, MeshModel model, List<String> changes) {

  /** Key of the metadata that says how a file became ONNX. */
  public static final String TRANSLATION = "retinaspark.translation";

  /** Changes whenever the same TFLite file would be translated otherwise. */
  public static final String FROM_TFLITE = "tflite 1";

  /** At the source's own batch only a fusion may differ. */
  private static final float SAME = 1e-4f;

  /** Other batches take other kernels, which round otherwise in the last bits. */
  private static final float ROUNDED = 1e-3f;

  private static final String BATCH = "batch";

  /** Keeps an unmodifiable list. */
  public MeshImport {
    changes = List.copyOf(changes);
  }

  /**
   * Imports a network.
   *
   * @param content the bytes of the source, ONNX or TFLite
   * @param name the name of its file, for messages and the description
   * @throws InvalidModelException if the file is damaged, can't be translated or doesn't run
   * @throws UnknownModelException if it is no mesh or landmark network that is understood
   * @throws ModelImportException if its batch can't be made dynamic
   */
  public static MeshImport of(byte[] content, String name) {
    byte[] onnx = asOnnx(content, name);
    MeshModel source = MeshRecognition.describe(onnx, name);
    DynamicGraph graph = OpenBatch.of(OnnxFile.parse(onnx, name), source.ports().input());
    byte[] opened = graph.onnx(Map.of(ModelImport.SOURCE_SHA256, source.origin()));
    MeshModel model = MeshRecognition.describe(opened, name);
    verify(onnx, source, opened, model);
    List<String> changes = new ArrayList<>(graph.changes());
    if (onnx != content) {
      changes.add(
          0, "operators of TFLite are ONNX's, maps are [batch, channels, height, width], float32");
    }
    return new MeshImport(opened, model, changes);
  }

  /**
   * A file as ONNX: itself, or its translation where it is TFLite.
   *
   * @throws InvalidModelException if it can't be translated
   */
  static byte[] asOnnx(byte[] content, String name) {
    return TfliteImport.isTflite(content)
        ? TfliteImport.onnx(
            content,
            name,
            Map.of(ModelImport.SOURCE_SHA256, OnnxFile.sha256(content), TRANSLATION, FROM_TFLITE))
        : content;
  }

  private static void verify(byte[] onnx, MeshModel source, byte[] opened, MeshModel model) {
    List<FloatBuffer> expected;
    try (TrialSession session = TrialSession.open(onnx)) {
      expected = new MeshTrial(session, source).outputs(1);
    } catch (InferenceException failure) {
      throw new InvalidModelException(model.name(), "it fails on a crop: " + failure.getMessage());
    }
    try (TrialSession session = TrialSession.open(opened)) {
      MeshTrial trial = new MeshTrial(session, model);
      List<FloatBuffer> first = trial.outputs(1);
      List<FloatBuffer> second = trial.outputs(2);
      List<FloatBuffer> both = trial.outputs(1, 2);
      for (int index = 0; index < both.size(); index++) {
        String output = Printable.text(model.ports().outputs().get(index));
        FloatBuffer one = first.get(index);
        if (!MeshTrial.isFinite(one) || !MeshTrial.isFinite(second.get(index))) {
          throw new InvalidModelException(
              model.name(), "its output '%s' has values that are no numbers".formatted(output));
        }
        if (!MeshTrial.stands(expected.get(index), one, 0, SAME)
            || one.limit() != expected.get(index).limit()) {
          throw refusal(model, "output '%s' would no longer be the same".formatted(output));
        }
        if (both.get(index).limit() != 2 * one.limit()
            || !MeshTrial.stands(one, both.get(index), 0, ROUNDED)
            || !MeshTrial.stands(second.get(index), both.get(index), one.limit(), ROUNDED)) {
          throw refusal(
              model,
              "output '%s' of two crops together is not what each gives alone".formatted(output));
        }
      }
    } catch (InferenceException failure) {
      throw refusal(model, String.valueOf(failure.getMessage()));
    }
  }

  private static ModelImportException refusal(MeshModel model, String why) {
    return new ModelImportException(model.name(), BATCH, why, List.of());
  }
}
