package org.retinaspark.udf.image.heif;

import com.sun.jna.Pointer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An object of libheif, freed once by who opened it.
 *
 * @param pointer where it is
 * @param free the library's function that frees it
 */
record Owned(Pointer pointer, Consumer<Pointer> free) implements AutoCloseable {

  /**
   * Takes over what the library made.
   *
   * @throws IllegalStateException if it made nothing
   */
  static Owned of(@Nullable Pointer made, Consumer<Pointer> free) {
    if (made == null) {
      throw new IllegalStateException("libheif gave nothing: is the memory used up?");
    }
    return new Owned(made, free);
  }

  @Override
  public void close() {
    free.accept(pointer);
  }
}
