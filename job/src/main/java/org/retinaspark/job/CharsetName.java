package org.retinaspark.job;

import java.nio.charset.Charset;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an option's character encoding, by any of its names. */
public final class CharsetName implements ITypeConverter<String> {

  @Override
  public String convert(String text) {
    try {
      return Charset.forName(text.strip()).name();
    } catch (IllegalArgumentException unknown) {
      throw new TypeConversionException(
          ("'%s' is no character encoding that this JVM knows. Usual ones are UTF-8, cp437 and"
                  + " cp850 (DOS, Western Europe), windows-1252, windows-1251 (Cyrillic), cp866"
                  + " (DOS, Cyrillic), Shift_JIS, EUC-JP, GB18030, Big5, EUC-KR")
              .formatted(text));
    }
  }
}
