package org.retinaspark.udf.image.heif;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import java.util.Optional;
import org.retinaspark.udf.image.DecodeException;
import org.retinaspark.udf.image.DecodedFrame;
import org.retinaspark.udf.image.ImageFormat;
import org.retinaspark.udf.image.PixelLimit;
import org.retinaspark.udf.image.Pixels;

/**
 * Decodes the primary image of a HEIC or AVIF file, 8 bits of each colour; alpha is dropped. How
 * the image is turned, mirrored and cut is a part of these formats (ISO/IEC 23008-12, section
 * 6.5.10 and 6.5.12), not a hint as in EXIF, so libheif always does it, and their EXIF orientation
 * says nothing more. Nothing is kept from file to file.
 */
public final class HeifDecoder {

  /** {@code ignore_transformations} and four pointers stand before {@code convert_hdr_to_8bit}. */
  private static final long CONVERT_TO_8_BITS = 40;

  private static final int CONVERT_SINCE = 2;

  private HeifDecoder() {}

  /**
   * Decodes a file.
   *
   * @param format HEIC or AVIF
   * @param limit what the size in the file's header is checked with, before it is decoded
   * @throws DecodeException if there are no pixels; {@code unsupported} where the library or its
   *     decoder of the format is not installed
   */
  public static DecodedFrame decode(ImageFormat format, byte[] content, PixelLimit limit)
      throws DecodeException {
    requireLibrary(format);
    try (Memory file = new Memory(content.length);
        Owned context = Owned.of(LibHeif.heif_context_alloc(), LibHeif::heif_context_free)) {
      file.write(0, content, 0, content.length);
      LibHeif.heif_context_read_from_memory_without_copy(
              context.pointer(), file, content.length, null)
          .check(format);
      PointerByReference primary = new PointerByReference();
      LibHeif.heif_context_get_primary_image_handle(context.pointer(), primary).check(format);
      try (Owned handle = Owned.of(primary.getValue(), LibHeif::heif_image_handle_release)) {
        int width = LibHeif.heif_image_handle_get_width(handle.pointer());
        int height = LibHeif.heif_image_handle_get_height(handle.pointer());
        limit.check(width, height, Pixels.CHANNELS);
        checkStored(handle.pointer(), limit);
        return decode(format, handle.pointer(), width, height);
      }
    }
  }

  /** A small cut of a large image is decoded with all the rest of it. */
  private static void checkStored(Pointer handle, PixelLimit limit) throws DecodeException {
    int width = LibHeif.heif_image_handle_get_ispe_width(handle);
    int height = LibHeif.heif_image_handle_get_ispe_height(handle);
    if (width != 0 && height != 0) {
      limit.check(width, height, Pixels.CHANNELS);
    }
  }

  /**
   * What keeps files of a format from being decoded on this machine; nothing if they can be.
   *
   * @param format HEIC or AVIF
   */
  public static Optional<Obstacle> obstacle(ImageFormat format) {
    boolean av1 = format == ImageFormat.AVIF;
    if (!LibHeif.isAvailable()) {
      return Optional.of(
          new Obstacle(
              "libheif can't be loaded here",
              "install libheif on every machine (Debian: apt-get install libheif1) or set jna.library.path"));
    }
    return LibHeif.heif_have_decoder_for_format(av1 ? LibHeif.AV1 : LibHeif.HEVC) != 0
        ? Optional.empty()
        : Optional.of(
            new Obstacle(
                "libheif has no decoder of %s here".formatted(av1 ? "AV1" : "HEVC"),
                "install its plugin on every machine (Debian: apt-get install %s)"
                    .formatted(av1 ? "libheif-plugin-dav1d" : "libheif-plugin-libde265")));
  }

  /**
   * Why files of a format are not decoded.
   *
   * @param reason what is missing
   * @param remedy what brings it
   */
  public record Obstacle(String reason, String remedy) {}

  private static void requireLibrary(ImageFormat format) throws DecodeException {
    Optional<Obstacle> obstacle = obstacle(format);
    if (obstacle.isPresent()) {
      throw DecodeException.unsupported(
          "the file is %s, and %s: it is not decoded; %s"
              .formatted(format.label(), obstacle.get().reason(), obstacle.get().remedy()));
    }
  }

  private static DecodedFrame decode(ImageFormat format, Pointer handle, int width, int height)
      throws DecodeException {
    try (Owned options =
        Owned.of(LibHeif.heif_decoding_options_alloc(), LibHeif::heif_decoding_options_free)) {
      if (options.pointer().getByte(0) >= CONVERT_SINCE) {
        options.pointer().setByte(CONVERT_TO_8_BITS, (byte) 1);
      }
      PointerByReference decoded = new PointerByReference();
      LibHeif.heif_decode_image(
              handle, decoded, LibHeif.RGB, LibHeif.INTERLEAVED_RGB, options.pointer())
          .check(format);
      try (Owned image = Owned.of(decoded.getValue(), LibHeif::heif_image_release)) {
        Pixels pixels = pixels(format, image.pointer(), width, height);
        return LibHeif.heif_image_get_decoding_warnings(image.pointer(), 0, null, 0) == 0
            ? DecodedFrame.sound(pixels)
            : DecodedFrame.damaged(pixels);
      }
    }
  }

  private static Pixels pixels(ImageFormat format, Pointer image, int width, int height)
      throws DecodeException {
    int foundWidth = LibHeif.heif_image_get_width(image, LibHeif.INTERLEAVED);
    int foundHeight = LibHeif.heif_image_get_height(image, LibHeif.INTERLEAVED);
    IntByReference stride = new IntByReference();
    Pointer plane = LibHeif.heif_image_get_plane_readonly(image, LibHeif.INTERLEAVED, stride);
    if (plane == null || foundWidth != width || foundHeight != height) {
      throw DecodeException.corrupt(
          "the %s's header says %dx%d, the library found %dx%d: its pixels can't be told"
              .formatted(format.label(), width, height, foundWidth, foundHeight));
    }
    int row = width * Pixels.CHANNELS;
    byte[] samples = new byte[row * height];
    for (int y = 0; y < height; y++) {
      plane.read((long) y * stride.getValue(), samples, y * row, row);
    }
    for (int i = 0; i < samples.length; i += Pixels.CHANNELS) {
      byte red = samples[i];
      samples[i] = samples[i + 2];
      samples[i + 2] = red;
    }
    return new Pixels(width, height, samples);
  }
}
