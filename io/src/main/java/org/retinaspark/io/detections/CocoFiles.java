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

/** The one file of results that COCO's tools read, joined from the parts that executors wrote. */
final class CocoFiles {

  private static final String JSON = ".json";
  private static final int BUFFER = 1 << 16;

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

  void join(List<Integer> partitions) throws IOException {
    String path = file.toString();
    String stem = path.endsWith(JSON) ? path.substring(0, path.length() - JSON.length()) : path;
    join(file, partitions, CocoFiles::results);
    join(new Path(stem + ".images" + JSON), partitions, CocoFiles::images);
    files.delete(parts, true);
  }

  private void join(Path target, List<Integer> partitions, IntFunction<String> name)
      throws IOException {
    try (OutputStream out = files.create(target, true)) {
      out.write("[\n".getBytes(StandardCharsets.UTF_8));
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
      out.write("\n]\n".getBytes(StandardCharsets.UTF_8));
    }
  }
}
