package org.retinaspark.udf.image;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The formats that are decoded, told apart by their first bytes; a file's name does not matter. */
public enum ImageFormat {
  JPEG("JPEG", "FF D8 FF"),
  PNG("PNG", "89 50 4E 47 0D 0A 1A 0A"),
  GIF("GIF", "47 49 46 38"),
  BMP("BMP", "42 4D"),
  TIFF("TIFF", "49 49 2A 00", "4D 4D 00 2A"),
  WEBP("WebP", "52 49 46 46 .. .. .. .. 57 45 42 50"),
  // Before HEIC, whose general brand mif1 files of AVIF have as well.
  AVIF("AVIF", Set.of("avif", "avis")),
  HEIC("HEIC", Set.of("heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"));

  private final String label;

  @SuppressWarnings("ImmutableEnumChecker") // unmodifiable, which its type does not say
  private final List<Signature> signatures;

  @SuppressWarnings("ImmutableEnumChecker") // as well
  private final Set<String> brands;

  ImageFormat(String label, String... patterns) {
    this.label = label;
    this.signatures = Signature.all(patterns);
    this.brands = Set.of();
  }

  ImageFormat(String label, Set<String> brands) {
    this.label = label;
    this.signatures = List.of();
    this.brands = brands;
  }

  /** The name of the format as people write it. */
  public String label() {
    return label;
  }

  /**
   * The format of a file.
   *
   * @throws DecodeException {@code empty}, {@code unsupported} for an image of a format that is not
   *     decoded, or {@code unknown_format}; the message shows nothing of the content but, where it
   *     is known, the name of its format
   */
  public static ImageFormat of(byte[] content) throws DecodeException {
    if (content.length == 0) {
      throw new DecodeException(
          DecodeException.EMPTY, "the file has no bytes: there is nothing to decode");
    }
    Set<String> brands = Brands.of(content);
    for (ImageFormat format : values()) {
      if (format.signatures.stream().anyMatch(signature -> signature.starts(content))
          || !Collections.disjoint(format.brands, brands)) {
        return format;
      }
    }
    throw ForeignFormat.refusal(content);
  }

  /** The names of all formats, for messages. */
  static String labels() {
    return Arrays.stream(values()).map(ImageFormat::label).collect(Collectors.joining(", "));
  }
}
