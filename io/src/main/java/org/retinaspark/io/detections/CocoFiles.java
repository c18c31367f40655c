package org.retinaspark.io.detections;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.IntFunction;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.IOUtils;
import org.retinaspark.io.WholeFile;

/**
 * The file of results and that of images that COCO's tools read, joined from the parts that
 * executors wrote.
 */
final class CocoFiles implements Closeable {

  private static final String JSON = ".json";
  private static final int BUFFER = 1 << 16;

  /** COCO's loader wants info, and annotations even where there are none. */
  private static final String HEAD =
      """
      {"info":{"description":"images of a detection table of RetinaSpark"},
      "categories":[{"id":1,"name":"face","supercategory":"person"}],
      "annotations":[],
      "images":[
      """;

  private static final String TAIL = "\n]}\n";

  private final Path file;
  private final Path parts;
  private final FileSystem files;

  CocoFiles(String file, Configuration hadoop) throws IOException {
    this.file = new Path(file);
    // Of a name that nobody else has, since all of it is deleted.
    this.parts = new Path(this.file.getParent(), "_parts-" + UUID.randomUUID());
    this.files = this.file.getFileSystem(hadoop);
  }

  String parts() {
    return parts.toString();
  }

  static String results(int partition) {
    return String.format(Locale.ROOT, "results-%05d", partition);
  }

  static String images(int partition) {
    return String.format(Locale.ROOT, "images-%05d", partition);
  }

  /** Where the images of a file of results are described. */
  static String imagesBeside(String file) {
    String stem = file.endsWith(JSON) ? file.substring(0, file.length() - JSON.length()) : file;
    return stem + ".images" + JSON;
  }

  /** Joins the results and what describes their images. */
  void join(List<Integer> partitions) {
    join(new Path(imagesBeside(file.toString())), HEAD, partitions, CocoFiles::images, TAIL);
    joinResults(partitions);
  }

  /** Joins the results alone. */
  void joinResults(List<Integer> partitions) {
    join(file, "[\n", partitions, CocoFiles::results, "\n]\n");
  }

  /** Deletes the parts. */
  @Override
  public void close() throws IOException {
    files.delete(parts, true);
  }

  private void join(
      Path target, String head, List<Integer> partitions, IntFunction<String> name, String tail) {
    new WholeFile(target, files.getConf())
        .write(
            out -> {
              out.write(head.getBytes(StandardCharsets.UTF_8));
              copyParts(partitions, name, out);
              out.write(tail.getBytes(StandardCharsets.UTF_8));
            });
  }

  private void copyParts(List<Integer> partitions, IntFunction<String> name, OutputStream out)
      throws IOException {
    String comma = "";
    for (int partition : partitions.stream().sorted().toList()) {
      Path part = new Path(parts, name.apply(partition));
      if (files.getFileStatus(part).getLen() > 0) {
        out.write(comma.getBytes(StandardCharsets.UTF_8));
        comma = ",\n";
        try (InputStream in = files.open(part)) {
          IOUtils.copyBytes(in, out, BUFFER);
        }
      }
    }
  }
}
