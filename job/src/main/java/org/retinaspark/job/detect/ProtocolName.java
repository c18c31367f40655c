package org.retinaspark.job.detect;

import org.retinaspark.udf.detect.Protocol;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code --protocol}: the name of a known protocol, or {@value #CUSTOM}. */
final class ProtocolName implements ITypeConverter<String> {

  /** The protocol that its own options describe. */
  static final String CUSTOM = "custom";

  @Override
  public String convert(String name) {
    if (name.equalsIgnoreCase(CUSTOM)) {
      return CUSTOM;
    }
    try {
      return Protocol.named(name).label();
    } catch (IllegalArgumentException unknown) {
      throw new TypeConversionException(unknown.getMessage() + ", " + CUSTOM);
    }
  }
}
