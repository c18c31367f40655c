package org.retinaspark.io.detections;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.IOUtils;

/**
 * The file of results and that of images that COCO's tools read, joined from the parts that
 * executors wrote.
 */
final class CocoFiles {

  private static final String JSON = ".json";
  private static final int BUFFER = 1 << 16;

  /** COCO's loader wants info, and annotations even where there are none. */
  private static final String HEAD =
      "{\"info\":{\"description\":\"images of a detection table of RetinaSpark\"},\n"
          + "\"categories\":[{\"id\":1,\"name\":\"face\",\"supercategory\":\"person\"}],\n"
          + "\"annotations\":[],\n\"images\":[\n";

  private static final String TAIL = "\n]}\n";

  private final Path file;
  private final Path parts;
  private final FileSystem files;

  CocoFiles(String file, Configuration hadoop) throws IOException {
    this.file = new Path(file);
    this.parts = this.file.suffix(".parts");
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
  void join(List<Integer> partitions) throws IOException {
    join(new Path(imagesBeside(file.toString())), HEAD, partitions, CocoFiles::images, TAIL);
    joinResults(partitions);
  }

  /** Joins the results alone. */
  void joinResults(List<Integer> partitions) throws IOException {
    join(file, "[\n", partitions, CocoFiles::results, "\n]\n");
    files.delete(parts, true);
  }

  private void join(
      Path target, String head, List<Integer> partitions, IntFunction<String> name, String tail)
      throws IOException {
    try (OutputStream out = files.create(target, true)) {
      out.write(head.getBytes(StandardCharsets.UTF_8));
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
      out.write(tail.getBytes(StandardCharsets.UTF_8));
    }
  }
}
