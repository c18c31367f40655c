package org.retinaspark.udf.model;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.retinaspark.udf.graph.DynamicGraph;
import org.retinaspark.udf.graph.InvalidModelException;
import org.retinaspark.udf.graph.OnnxFile;
import org.retinaspark.udf.input.InputFormat;
import org.retinaspark.udf.input.TensorLayout;

/**
 * A model whose input takes any batch, height and width, and whose metadata says what it is. Made
 * from another file, and proved before anybody can write it: it gave the same outputs as its source
 * at the source's size, ran at two sizes, and gave for two images together what it gave for each
 * alone. Importing an imported model gives the same bytes again.
 *
 * @param onnx the bytes of the file to write; shared, not copied
 * @param model what they are
 * @param changes what was changed, in words; empty where nothing had to be
 */
public record ModelImport(byte[] onnx, ModelDescription model, List<String> changes) {

  /** Key of the metadata that holds the digest of the file that a model's weights come from. */
  public static final String SOURCE_SHA256 = ModelMetadata.SOURCE_SHA256;

  /** Sizes that every convolutional detector with strides up to 32 can take. */
  private static final int COARSEST = 32;

  /** Keeps an unmodifiable list. */
  public ModelImport {
    changes = List.copyOf(changes);
  }

  /**
   * Imports a model whose input stays what it is.
   *
   * @see #of(byte[], String, RecognitionOptions, Preprocessing)
   */
  public static ModelImport of(byte[] onnx, String name, RecognitionOptions options) {
    return of(onnx, name, options, Preprocessing.AS_IS);
  }

  /**
   * Imports a model.
   *
   * @param onnx the bytes of the source
   * @param name the name of its file, for messages and the description
   * @param options what wins over the file; what is given is written into the metadata
   * @param preprocessing whether the input becomes pixels; one that is stays one
   * @throws InvalidModelException if the file is no usable ONNX model, if its metadata is broken or
   *     if it doesn't run
   * @throws UnknownModelException if it is no face detector that is understood
   * @throws ModelImportException if an axis can't be made dynamic
   * @throws IllegalArgumentException if an option was given that the model's family can't follow
   */
  public static ModelImport of(
      byte[] onnx, String name, RecognitionOptions options, Preprocessing preprocessing) {
    Recognised source = Recognised.of(OnnxFile.parse(onnx, name), options).tried();
    return of(source, preprocessing, Map.of(SOURCE_SHA256, source.description().origin()));
  }

  /**
   * Makes a model of a network that was built just now, with dynamic axes.
   *
   * @param provenance entries of the metadata that say where the weights come from
   * @throws ModelImportException if it doesn't run as it should
   * @see #of(byte[], String, RecognitionOptions, Preprocessing)
   */
  public static ModelImport ofBuilt(
      byte[] onnx, String name, Preprocessing preprocessing, Map<String, String> provenance) {
    Recognised built = Recognised.of(OnnxFile.parse(onnx, name), RecognitionOptions.BY_FILE);
    return of(built, preprocessing, provenance);
  }

  private static ModelImport of(
      Recognised source, Preprocessing preprocessing, Map<String, String> provenance) {
    ModelDescription described = source.description();
    DynamicGraph graph =
        DynamicGraph.of(source.facts().file(), described.input(), source.match().outputs());
    InputFormat format = described.format();
    if (preprocessing == Preprocessing.FOLDED && format.layout() != TensorLayout.PIXELS) {
      graph =
          graph.withPixels(
              described.input(), format.channels().ofPixels(), format.mean(), format.scale());
      format = InputFormat.PIXELS;
    }
    int multiple = described.size().multiple();
    try {
      return verified(source, graph, format, multiple, provenance);
    } catch (ModelImportException failure) {
      if (multiple >= COARSEST) {
        throw failure;
      }
      try {
        return verified(source, graph, format, COARSEST, provenance);
      } catch (ModelImportException alsoAtMultiples) {
        // The failure at multiples of 32 is the plainer one: it has nothing to do with odd sizes.
        alsoAtMultiples.addSuppressed(failure);
        throw alsoAtMultiples;
      }
    }
  }

  private static ModelImport verified(
      Recognised source,
      DynamicGraph graph,
      InputFormat format,
      int multiple,
      Map<String, String> provenance) {
    String name = source.description().name();
    Map<String, String> metadata = metadata(source, format, multiple);
    metadata.putAll(provenance);
    byte[] bytes = graph.onnx(metadata);
    ModelDescription imported = ModelRecognition.describe(bytes, name, RecognitionOptions.BY_FILE);
    new ImportVerification(source, imported, bytes).run();
    List<String> changes = new ArrayList<>(graph.changes());
    if (multiple != source.details().multiple()) {
      changes.add("height and width are multiples of " + multiple + ": it fails at others");
    }
    return new ModelImport(bytes, imported, changes);
  }

  private static Map<String, String> metadata(Recognised source, InputFormat input, int multiple) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(ModelMetadata.VERSION, ModelMetadata.CURRENT_VERSION);
    metadata.put(ModelMetadata.FAMILY, source.description().family().name());
    metadata.put(ModelMetadata.LAYOUT, input.layout().name().toLowerCase(Locale.ROOT));
    metadata.put(ModelMetadata.CHANNELS, input.channels().name());
    metadata.put(
        ModelMetadata.MEAN,
        input.mean().stream().map(ModelImport::plain).collect(Collectors.joining(",")));
    metadata.put(ModelMetadata.SCALE, plain(input.scale()));
    metadata.put(ModelMetadata.MULTIPLE, Integer.toString(multiple));
    metadata.putAll(source.details().metadata());
    return metadata;
  }

  /** A number without an exponent, and without zeros that say nothing. */
  static String plain(float number) {
    return new BigDecimal(Float.toString(number)).stripTrailingZeros().toPlainString();
  }
}
