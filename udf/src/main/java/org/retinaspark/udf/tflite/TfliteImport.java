package org.retinaspark.udf.tflite;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.retinaspark.udf.graph.InvalidModelException;

/**
 * Writes a TFLite file anew as ONNX: the same operators on the same numbers, with {@code [batch,
 * channels, height, width]} inside and at the inputs in place of {@code [1, height, width,
 * channels]}, and any batch. Outputs keep their axes. Weights of 16 bits become floats of 32, which
 * hold the same values.
 */
public final class TfliteImport {

  /** What stands at byte 4 of each file. */
  private static final byte[] IDENTIFIER = "TFL3".getBytes(StandardCharsets.US_ASCII);

  private static final int IDENTIFIER_AT = 4;

  private TfliteImport() {}

  /** Whether a file says that it is TFLite. */
  public static boolean isTflite(byte[] content) {
    int end = IDENTIFIER_AT + IDENTIFIER.length;
    return content.length >= end
        && Arrays.equals(content, IDENTIFIER_AT, end, IDENTIFIER, 0, IDENTIFIER.length);
  }

  /**
   * Translates a file. The result is not run here.
   *
   * @param content a file that says that it is TFLite
   * @param name the name of the file, for messages
   * @param metadata what the ONNX file says of itself, by key
   * @return an ONNX file
   * @throws InvalidModelException if the file is damaged, or has an operator, a type or a shape
   *     that isn't translated
   */
  public static byte[] onnx(byte[] content, String name, Map<String, String> metadata) {
    TfliteModel model = TfliteReader.read(content, name);
    return new TfliteTranslation(new TranslatedGraph(model, content.length)).onnx(metadata);
  }
}
