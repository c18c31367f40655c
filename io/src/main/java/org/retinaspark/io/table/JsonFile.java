package org.retinaspark.io.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.retinaspark.io.CheckedJson;
import org.retinaspark.io.DamagedFileException;

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

  /** More than any document of ours has; a list of a million files has 100 MB. */
  private static final int MOST_BYTES = 1 << 28;

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

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

  /**
   * Reads it.
   *
   * @throws FileNotFoundException if there is none
   * @throws DamagedFileException if it is not whole, or not what the type needs
   */
  <T> T read(Class<T> type) throws IOException {
    return CheckedJson.read(document(), type);
  }

  /**
   * Reads it, if it has named fields.
   *
   * @throws FileNotFoundException if there is none
   * @throws DamagedFileException if it is not whole, or has no fields
   */
  JsonNode object() throws IOException {
    return CheckedJson.object(document());
  }

  /**
   * The SHA-256 of what it holds, in lower-case hexadecimal digits.
   *
   * @throws FileNotFoundException if there is none
   */
  String sha256() throws IOException {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(document()));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  private byte[] document() throws IOException {
    byte[] stored;
    try (InputStream file = files.open(path)) {
      stored = few(file);
    } catch (ChecksumException damage) {
      throw new DamagedFileException("its checksum is wrong", damage);
    }
    if (!compressed()) {
      return stored;
    }
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(stored))) {
      // To its end, where the checksum is.
      return few(in);
    } catch (EOFException | ZipException damage) {
      throw new DamagedFileException("it is not whole: " + damage.getMessage(), damage);
    }
  }

  private static byte[] few(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) {
      throw new DamagedFileException("it has more than %d bytes".formatted(MOST_BYTES), null);
    }
    return bytes;
  }

  private boolean compressed() {
    return path.getName().endsWith(".gz");
  }
}
