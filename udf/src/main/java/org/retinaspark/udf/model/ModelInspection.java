package org.retinaspark.udf.model;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.retinaspark.udf.catalogue.KnownModel;
import org.retinaspark.udf.catalogue.PublishedAccuracy;
import org.retinaspark.udf.catalogue.PublishedCost;
import org.retinaspark.udf.detect.AnchorLevel;
import org.retinaspark.udf.detect.InputSize;
import org.retinaspark.udf.detect.Protocol;
import org.retinaspark.udf.graph.InvalidModelException;
import org.retinaspark.udf.graph.OnnxFile;
import org.retinaspark.udf.graph.Printable;
import org.retinaspark.udf.graph.TensorSignature;
import org.retinaspark.udf.input.InputFormat;
import org.retinaspark.udf.runtime.InferenceException;

/**
 * What {@code model inspect} says of a file.
 *
 * @param model what it was recognised as
 * @param text the report, one property a line, each with the reason where there was a choice
 */
public record ModelInspection(ModelDescription model, String text) {

  /** The side at which anchors are counted, that of the usual exports. */
  private static final int SIDE = 640;

  /** What a network that was built here says that it is. */
  private static final String NETWORK = "retinaspark.network";

  private static final double GIGA = 1e9;

  /**
   * Inspects a model: reads its file, and runs it on the CPU at small sizes.
   *
   * @param onnx the bytes of the file
   * @param name the name of the file
   * @param options what wins over the file
   * @throws InvalidModelException if the file is no usable ONNX model, if its metadata is broken or
   *     if it doesn't run
   * @throws UnknownModelException if it is no face detector that is understood
   * @throws IllegalArgumentException if an option was given that the model's family can't follow
   */
  public static ModelInspection of(byte[] onnx, String name, RecognitionOptions options) {
    Recognised model = Recognised.of(OnnxFile.parse(onnx, name), options).tried();
    return new ModelInspection(model.description(), report(model));
  }

  private static String report(Recognised model) {
    ModelDescription description = model.description();
    OnnxFile file = model.facts().file();
    Report report = new Report();
    report.add("model", Printable.text(description.name()));
    report.add("sha256", description.sha256());
    addProvenance(report, description);
    report.add("bytes", Integer.toString(file.bytes().length));
    report.add("family", description.family().name(), model.match().because());
    addInput(report, model);
    for (FamilyDetails.Finding finding : model.details().findings()) {
      report.add(finding.label(), finding.value(), finding.because());
    }
    List<TensorSignature> outputs = model.match().outputs();
    for (int index = 0; index < outputs.size(); index++) {
      report.add(
          "output",
          outputs.get(index).text(),
          model.match().rule().role(outputs.get(index), index));
    }
    for (AnchorLevel level : description.family().anchors()) {
      report.add(
          "anchors",
          "stride %d, sizes %s".formatted(level.stride(), sizes(level)),
          "%d at %dx%d".formatted(level.count(SIDE, SIDE), SIDE, SIDE));
    }
    addCost(report, model);
    report.add("nodes", Integer.toString(file.nodeCount()));
    report.add("operators", file.operatorSets());
    report.add("producer", producer(file));
    for (Map.Entry<String, String> entry : model.facts().metadata().entries().entrySet()) {
      report.add(
          "metadata", Printable.text(entry.getKey()) + " = " + Printable.text(entry.getValue()));
    }
    return report.text();
  }

  private static void addProvenance(Report report, ModelDescription description) {
    if (!description.origin().equals(description.sha256())) {
      report.add("made of", description.origin(), Decision.BY_METADATA);
    }
    Optional<KnownModel> published = description.published();
    if (published.isEmpty()) {
      report.add("licence", "unknown", "none of the files that are known by digest");
      return;
    }
    KnownModel known = published.get();
    report.add("known as", known.name() + ": " + known.description());
    report.add("licence", known.licence());
    report.add("source", known.source());
    if (known.accuracy().isEmpty()) {
      report.add("published AP", "none for this file");
    }
    for (PublishedAccuracy accuracy : known.accuracy()) {
      report.add("published AP", accuracy.text(), accuracy.source());
    }
    report.add("trained on", "WIDER FACE, photos that were collected for research");
  }

  private static void addCost(Report report, Recognised model) {
    report.add(
        "parameters",
        String.format(Locale.ROOT, "%,d", model.facts().file().parameterCount()),
        "as the file has them; a batch normalisation folded into a convolution has none");
    try {
      for (ModelCost cost : ModelCost.of(model)) {
        report.add(
            "multiply-adds",
            String.format(
                Locale.ROOT,
                "%.3f G at %dx%d",
                cost.multiplyAdds() / GIGA,
                cost.width(),
                cost.height()),
            "of convolutions and matrix products, seen in a run; FLOPs are twice as many");
      }
    } catch (InferenceException failure) {
      report.add("multiply-adds", "unknown", Printable.text(String.valueOf(failure.getMessage())));
    }
    String built = model.facts().metadata().entries().getOrDefault(NETWORK, "");
    String name = model.description().published().map(KnownModel::name).orElse(built);
    for (PublishedCost cost : PublishedCost.of(name)) {
      report.add("published cost", cost.figures(), cost.source());
    }
  }

  private static void addInput(Report report, Recognised model) {
    ModelDescription description = model.description();
    InputFormat format = description.format();
    report.add(
        "input",
        Printable.text(description.input()) + " " + format.layout().text(description.size()));
    report.add(
        "input format",
        "%s, (pixel - %s) x %s".formatted(format.channels(), format.mean(), format.scale()),
        model.details().inputBecause());
    report.add("in the graph", model.facts().normalisation().text());
    report.add("size", sides(description.size()), model.sizeBecause());
    report.add("batch", batch(description.size().batch()));
    report.add("protocols", protocols(description.size()));
  }

  private static String sides(InputSize size) {
    boolean anyHeight = size.height() == InputSize.DYNAMIC;
    boolean anyWidth = size.width() == InputSize.DYNAMIC;
    if (!anyHeight && !anyWidth) {
      return "height %d and width %d only".formatted(size.height(), size.width());
    }
    String sides =
        anyHeight && anyWidth
            ? "any height and width"
            : anyHeight
                ? "any height, width %d only".formatted(size.width())
                : "height %d only, any width".formatted(size.height());
    return size.multiple() == 1 ? sides : sides + " in multiples of " + size.multiple();
  }

  private static String batch(int batch) {
    return switch (batch) {
      case InputSize.DYNAMIC -> "any number of images in a run";
      case 1 -> "one image in a run ('model import' tries to make it any number)";
      default ->
          "exactly %d images in a run: for 'detect' make it any number with 'model import'"
              .formatted(batch);
    };
  }

  private static String protocols(InputSize size) {
    String served =
        Protocol.KNOWN.stream()
            .filter(protocol -> protocol.isServedBy(size))
            .map(Protocol::label)
            .collect(Collectors.joining(", "));
    return served.isEmpty() ? "none: 'model import' makes its size any" : served;
  }

  private static String sizes(AnchorLevel level) {
    return level.sizes().stream().map(ModelImport::plain).collect(Collectors.joining(", "));
  }

  private static String producer(OnnxFile file) {
    String producer = file.producer();
    return producer.isEmpty() ? "not said" : producer;
  }

  /** Lines of a label, a value and perhaps a reason. */
  private static final class Report {

    private final StringBuilder lines = new StringBuilder();

    void add(String label, String value) {
      lines.append("%-15s%s%n".formatted(label, value));
    }

    void add(String label, String value, String because) {
      add(label, value + " (" + because + ")");
    }

    String text() {
      return lines.toString();
    }
  }
}
