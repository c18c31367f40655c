package org.retinaspark.udf.image;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Functions of a library of the system, mapped to the native methods of a class by JNA. */
public final class NativeFunctions {

  private static final Logger LOG = LoggerFactory.getLogger(NativeFunctions.class);

  private NativeFunctions() {}

  /** Whether a library can be loaded, by its name or path; it stays loaded. */
  public static boolean isLoadable(String library) {
    try {
      NativeLibrary.getInstance(library);
      return true;
    } catch (LinkageError e) {
      LOG.debug("{} can't be loaded", library, e);
      return false;
    }
  }

  /**
   * Maps them, from the first library that can be loaded.
   *
   * @param functions the class whose native methods they are, by name
   * @param libraries names or paths, as systems differ in where they put it
   * @return why they can't be called, or nothing if they can
   */
  public static Optional<String> map(Class<?> functions, List<String> libraries) {
    for (String library : libraries) {
      try {
        Native.register(functions, NativeLibrary.getInstance(library));
        return Optional.empty();
      } catch (LinkageError e) {
        // JNA's own native part may be missing as well, so not only UnsatisfiedLinkError.
        LOG.debug("{} can't be loaded", library, e);
      }
    }
    return Optional.of("none of these can be loaded: " + String.join("; ", libraries));
  }
}
