package org.retinaspark.udf.image;

import static org.retinaspark.udf.image.DecodeException.UNKNOWN_FORMAT;
import static org.retinaspark.udf.image.DecodeException.UNSUPPORTED;

import java.util.List;

/**
 * What files among images often are without being decoded, so that a message can name it; of the
 * content it shows nothing, since it may be anybody's.
 */
enum ForeignFormat {
  JPEG_XL("a JPEG XL image", UNSUPPORTED, "FF 0A", "00 00 00 0C 4A 58 4C 20"),
  JPEG_2000("a JPEG 2000 image", UNSUPPORTED, "00 00 00 0C 6A 50 20 20", "FF 4F FF 51"),
  JPEG_XR("a JPEG XR image", UNSUPPORTED, "49 49 BC"),
  BIG_TIFF("a BigTIFF image", UNSUPPORTED, "49 49 2B 00", "4D 4D 00 2B"),
  PHOTOSHOP("a Photoshop document", UNSUPPORTED, "38 42 50 53"),
  OPEN_EXR("an OpenEXR image", UNSUPPORTED, "76 2F 31 01"),
  RADIANCE("a Radiance HDR image", UNSUPPORTED, "23 3F 52"),
  PORTABLE_MAP(
      "a portable map (PNM)",
      UNSUPPORTED,
      "50 31 0A",
      "50 32 0A",
      "50 33 0A",
      "50 34 0A",
      "50 35 0A",
      "50 36 0A",
      "50 37 0A",
      "50 35 20",
      "50 36 20"),
  QOI("a QOI image", UNSUPPORTED, "71 6F 69 66"),
  DDS("a DDS texture", UNSUPPORTED, "44 44 53 20"),
  ICON("a Windows icon", UNSUPPORTED, "00 00 01 00", "00 00 02 00"),
  FUJI_RAW("a camera's raw file (RAF)", UNSUPPORTED, "46 55 4A 49 46 49 4C 4D"),
  CANON_RAW("a camera's raw file (CR3)", UNSUPPORTED, ".. .. .. .. 66 74 79 70 63 72 78 20"),
  VIDEO(
      "a video",
      UNKNOWN_FORMAT,
      ".. .. .. .. 66 74 79 70",
      "1A 45 DF A3",
      "52 49 46 46 .. .. .. .. 41 56 49 20"),
  PDF("a PDF document", UNKNOWN_FORMAT, "25 50 44 46"),
  ZIP("a ZIP archive", UNKNOWN_FORMAT, "50 4B 03 04"),
  GZIP("compressed by gzip", UNKNOWN_FORMAT, "1F 8B"),
  LFS_POINTER(
      "a pointer of Git LFS, not the file itself",
      UNKNOWN_FORMAT,
      "76 65 72 73 69 6F 6E 20 68 74 74 70 73 3A 2F 2F 67 69 74"),
  MARKUP(
      "HTML, XML or SVG, such as the page of a failed download",
      UNKNOWN_FORMAT,
      "3C 21",
      "3C 3F 78 6D 6C",
      "3C 68 74 6D 6C",
      "3C 48 54 4D 4C",
      "3C 73 76 67"),
  ZEROS("nothing but zeros at its start", UNKNOWN_FORMAT, "00 00 00 00 00 00 00 00");

  private final String name;
  private final String code;

  @SuppressWarnings("ImmutableEnumChecker") // unmodifiable, which its type does not say
  private final List<Signature> signatures;

  ForeignFormat(String name, String code, String... patterns) {
    this.name = name;
    this.code = code;
    this.signatures = Signature.all(patterns);
  }

  /** Why a file of no supported format isn't decoded. */
  static DecodeException refusal(byte[] content) {
    for (ForeignFormat format : values()) {
      if (format.signatures.stream().anyMatch(signature -> signature.starts(content))) {
        return new DecodeException(
            format.code,
            "the file is %s: it is not decoded; %s are"
                .formatted(format.name, ImageFormat.labels()));
      }
    }
    return new DecodeException(
        UNKNOWN_FORMAT,
        "the file is none of %s, and nothing else that is known: it is not decoded"
            .formatted(ImageFormat.labels()));
  }
}
