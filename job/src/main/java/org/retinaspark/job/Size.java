package org.retinaspark.job;

import java.util.Locale;
import org.apache.spark.network.util.JavaUtils;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads an option's size as Spark reads its own: bytes, or {@code 64k}, {@code 64m}, {@code 2g}.
 */
public final class Size implements ITypeConverter<Long> {

  /** What a size may look like, for {@code --help}. */
  public static final String UNITS =
      "A SIZE is a number of bytes, or 512k, 64m, 2g (of 1,024; 64mb and 64MiB are 64m).";

  @Override
  public Long convert(String text) {
    try {
      return JavaUtils.byteStringAsBytes(text.strip().toLowerCase(Locale.ROOT).replace("i", ""));
    } catch (IllegalArgumentException wrong) { // NumberFormatException among them
      throw new TypeConversionException("'" + text + "' is no size. " + UNITS);
    }
  }
}
