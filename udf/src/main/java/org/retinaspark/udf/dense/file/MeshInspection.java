package org.retinaspark.udf.dense.file;

import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.retinaspark.udf.catalogue.KnownModel;
import org.retinaspark.udf.dense.MeshModel;
import org.retinaspark.udf.dense.MeshRecognition;
import org.retinaspark.udf.graph.InvalidModelException;
import org.retinaspark.udf.graph.MultiplyAdds;
import org.retinaspark.udf.graph.OnnxFile;
import org.retinaspark.udf.graph.Printable;
import org.retinaspark.udf.graph.TensorSignature;
import org.retinaspark.udf.model.UnknownModelException;
import org.retinaspark.udf.runtime.InferenceException;
import org.retinaspark.udf.runtime.TrialSession;
import org.retinaspark.udf.tflite.TfliteImport;

/** What {@code model inspect} says of a network for meshes or landmarks. */
public final class MeshInspection {

  private static final double GIGA = 1e9;

  private final StringBuilder text = new StringBuilder();

  private MeshInspection() {}

  /**
   * Inspects a file: one property a line, each with its end.
   *
   * @param content its bytes, ONNX or TFLite
   * @param name its name
   * @throws InvalidModelException if the file is damaged or can't be translated
   * @throws UnknownModelException if it is no mesh or landmark network that is understood
   */
  public static String text(byte[] content, String name) {
    OnnxFile file = OnnxFile.parse(MeshImport.asOnnx(content, name), name);
    MeshModel model = MeshRecognition.describe(file.bytes(), name);
    MeshInspection report = new MeshInspection();
    report.addFile(content, model);
    report.text.append(model.text().substring(model.text().indexOf("family ")));
    for (TensorSignature tensor : file.signature().inputs()) {
      report.add("input", tensor.text());
    }
    for (TensorSignature tensor : file.signature().outputs()) {
      report.add("output", tensor.text());
    }
    report.add("parameters", String.format(Locale.ROOT, "%,d", file.parameterCount()));
    report.add("multiply-adds", multiplyAdds(file, model));
    report.add("nodes", Integer.toString(file.nodeCount()));
    report.add("operators", file.operatorSets());
    file.metadata()
        .forEach(
            (key, value) ->
                report.add("metadata", Printable.text(key) + " = " + Printable.text(value)));
    return report.text.toString();
  }

  private void addFile(byte[] content, MeshModel model) {
    String digest = OnnxFile.sha256(content);
    add("model", Printable.text(model.name()));
    add("sha256", digest);
    if (!model.origin().equals(digest)) {
      add("made of", model.origin());
    }
    add("bytes", Integer.toString(content.length));
    if (TfliteImport.isTflite(content)) {
      add("format", "TFLite; 'model import' makes the ONNX file of it that is described here");
    }
    Optional<KnownModel> published = KnownModel.of(model.origin());
    if (published.isEmpty()) {
      add("licence", "unknown (none of the files that are known by digest)");
      return;
    }
    add("known as", published.get().name() + ": " + published.get().description());
    add("licence", published.get().licence());
    add("source", published.get().source());
  }

  private static String multiplyAdds(OnnxFile file, MeshModel model) {
    MultiplyAdds counter = MultiplyAdds.of(file);
    if (counter.layers() == 0) {
      return "none in convolutions and matrix products";
    }
    try (TrialSession session = TrialSession.open(counter.onnx())) {
      Map<String, float[]> shapes = new HashMap<>();
      new MeshTrial(session, model)
          .run(1)
          .forEach(
              (name, output) -> {
                FloatBuffer values = output.values();
                float[] shape = new float[values.limit()];
                values.get(0, shape);
                shapes.put(name, shape);
              });
      return String.format(
          Locale.ROOT,
          "%.3f G a crop (of convolutions and matrix products, seen in a run; FLOPs are twice as"
              + " many)",
          counter.count(shapes) / GIGA);
    } catch (InferenceException failure) {
      return "unknown (%s)".formatted(Printable.text(String.valueOf(failure.getMessage())));
    }
  }

  private void add(String label, String value) {
    text.append("%-15s%s%n".formatted(label, value));
  }
}
