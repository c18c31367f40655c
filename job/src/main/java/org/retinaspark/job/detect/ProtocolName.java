package org.retinaspark.job.detect;

import org.retinaspark.udf.detect.Protocol;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code --protocol}: the name of a known protocol. */
final class ProtocolName implements ITypeConverter<Protocol> {

  @Override
  public Protocol convert(String name) {
    try {
      return Protocol.named(name);
    } catch (IllegalArgumentException unknown) {
      throw new TypeConversionException(unknown.getMessage());
    }
  }
}
