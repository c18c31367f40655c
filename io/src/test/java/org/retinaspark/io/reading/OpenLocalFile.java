package org.retinaspark.io.reading;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** Looks at a local file in a JVM of its own. */
public final class OpenLocalFile {

  private OpenLocalFile() {}

  /** Takes its path, escaped as in Latin-1 since arguments depend on the locale. */
  public static void main(String[] arguments) throws IOException {
    String path = URLDecoder.decode(arguments[0], StandardCharsets.ISO_8859_1);
    String said = "opened";
    try {
      new LocalFile("file:" + path, path).require();
    } catch (UnreadableImageException failure) {
      said = failure.code() + ": " + failure.getMessage();
    }
    System.out.write((said + "\n").getBytes(StandardCharsets.UTF_8));
    System.out.flush();
  }
}
