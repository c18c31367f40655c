package org.retinaspark.udf.image.heif;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.retinaspark.udf.image.NativeFunctions;

/** The functions of libheif that are used, mapped directly by JNA; all are in 1.10 and later. */
final class LibHeif {

  /** heif_compression_HEVC, which HEIC files hold. */
  static final int HEVC = 1;

  /** heif_compression_AV1, which AVIF files hold. */
  static final int AV1 = 4;

  /** heif_colorspace_RGB. */
  static final int RGB = 1;

  /** heif_chroma_interleaved_RGB: 8 bits each of red, green, blue. */
  static final int INTERLEAVED_RGB = 10;

  /** heif_channel_interleaved. */
  static final int INTERLEAVED = 10;

  /** Where Debian and RPM systems and Homebrew put it. */
  private static final List<String> NAMES =
      List.of(
          "heif",
          "libheif.so.1",
          "/opt/homebrew/opt/libheif/lib/libheif.dylib",
          "/usr/local/opt/libheif/lib/libheif.dylib");

  private static final boolean AVAILABLE = NativeFunctions.map(LibHeif.class, NAMES).isEmpty();

  private LibHeif() {}

  static boolean isAvailable() {
    return AVAILABLE;
  }

  /** Whether a decoder of a {@code heif_compression_format} is built in or a plugin: not 0. */
  static native int heif_have_decoder_for_format(int compression);

  /** A new context, or null. */
  static native @Nullable Pointer heif_context_alloc();

  static native void heif_context_free(Pointer context);

  /** The memory is read until the context is freed. */
  static native HeifError heif_context_read_from_memory_without_copy(
      Pointer context, Pointer file, long size, @Nullable Pointer options);

  static native HeifError heif_context_get_primary_image_handle(
      Pointer context, PointerByReference handle);

  static native int heif_image_handle_get_width(Pointer handle);

  static native int heif_image_handle_get_height(Pointer handle);

  /** Columns as they are stored, before the image is cut or turned; 0 if that isn't said. */
  static native int heif_image_handle_get_ispe_width(Pointer handle);

  /** Rows, likewise. */
  static native int heif_image_handle_get_ispe_height(Pointer handle);

  static native void heif_image_handle_release(Pointer handle);

  /** New options, or null. */
  static native @Nullable Pointer heif_decoding_options_alloc();

  static native void heif_decoding_options_free(Pointer options);

  static native HeifError heif_decode_image(
      Pointer handle, PointerByReference image, int colourSpace, int chroma, Pointer options);

  static native int heif_image_get_width(Pointer image, int channel);

  static native int heif_image_get_height(Pointer image, int channel);

  /** The samples of a channel, or null; they are the image's. */
  static native @Nullable Pointer heif_image_get_plane_readonly(
      Pointer image, int channel, IntByReference stride);

  /** How many warnings there are when it is asked to write none. */
  static native int heif_image_get_decoding_warnings(
      Pointer image, int first, @Nullable Pointer warnings, int most);

  static native void heif_image_release(Pointer image);
}
