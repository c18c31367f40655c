package org.retinaspark.io.table;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;

/**
 * A JSON document that is there whole or not at all, also while it is replaced; compressed if its
 * name says so.
 *
 * @param files the file system
 * @param path where it is
 */
record JsonFile(FileSystem files, Path path) {

  /** How the name of a document begins that is not whole yet. */
  static final String DRAFT = "_draft-";

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  /** Writes it, in place of an older one. */
  void write(Object value) throws IOException {
    byte[] content = content(value);
    if (files.hasPathCapability(path, CommonPathCapabilities.ABORTABLE_STREAM)) {
      // An object store: a file is seen when it is closed, and a rename would be a copy.
      write(content, files.create(path, true));
      return;
    }
    Path draft = new Path(path.getParent(), DRAFT + path.getName());
    write(content, files.create(draft, true));
    // Local disks replace what is there. HDFS refuses to, unless it is asked for.
    if (!files.rename(draft, path)) {
      FileContext.getFileContext(files.getUri(), files.getConf())
          .rename(draft, path, Options.Rename.OVERWRITE);
    }
  }

  private static void write(byte[] content, OutputStream file) throws IOException {
    try (file) {
      file.write(content);
    }
  }

  /** What the file holds if it tells of a value. */
  byte[] content(Object value) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    try (OutputStream out = compressed() ? new GZIPOutputStream(content) : content) {
      out.write(JSON.writeValueAsBytes(value));
      out.write('\n');
    }
    return content.toByteArray();
  }

  /** A record or a map as it would be written. */
  static ObjectNode tree(Object value) {
    return JSON.valueToTree(value);
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
