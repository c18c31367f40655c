package org.retinaspark.io.table;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A JSON document that is there whole or not at all, compressed if its name says so.
 *
 * @param files the file system
 * @param path where it is
 */
record JsonFile(FileSystem files, Path path) {

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  /** Writes it, in place of an older one. */
  void write(Object value) throws IOException {
    Path draft = new Path(path.getParent(), "_draft-" + path.getName());
    try (OutputStream file = files.create(draft, true);
        OutputStream out = compressed() ? new GZIPOutputStream(file) : file) {
      out.write(JSON.writeValueAsBytes(value));
      out.write('\n');
    }
    files.delete(path, false);
    if (!files.rename(draft, path)) {
      throw new IOException("'%s' can't be renamed to '%s'".formatted(draft, path));
    }
  }

  /** Reads it. */
  <T> T read(Class<T> type) throws IOException {
    try (InputStream file = files.open(path);
        InputStream in = compressed() ? new GZIPInputStream(file) : file) {
      return JSON.readValue(in, type);
    }
  }

  private boolean compressed() {
    return path.getName().endsWith(".gz");
  }
}
