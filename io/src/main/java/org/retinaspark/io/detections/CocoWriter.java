package org.retinaspark.io.detections;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.util.SerializableConfiguration;
import scala.Tuple2;

/** Writes a partition's results and images, objects with commas between, and tells its index. */
final class CocoWriter
    implements Function2<
        Integer, Iterator<Tuple2<Tuple2<String, byte[]>, Long>>, Iterator<Integer>> {

  private static final long serialVersionUID = 1L;

  private final String parts;
  private final SerializableConfiguration hadoop;

  CocoWriter(String parts, SerializableConfiguration hadoop) {
    this.parts = parts;
    this.hadoop = hadoop;
  }

  @Override
  public Iterator<Integer> call(
      Integer partition, Iterator<Tuple2<Tuple2<String, byte[]>, Long>> images) throws IOException {
    Path root = new Path(parts);
    FileSystem files = root.getFileSystem(hadoop.value());
    try (Writer results = writer(files, new Path(root, CocoFiles.results(partition)));
        Writer names = writer(files, new Path(root, CocoFiles.images(partition)))) {
      String comma = "";
      String imageComma = "";
      while (images.hasNext()) {
        Tuple2<Tuple2<String, byte[]>, Long> image = images.next();
        long id = image._2() + 1;
        names.write(imageComma + "{\"id\":" + id + ",\"file_name\":\"");
        names.write(JsonStringEncoder.getInstance().quoteAsString(image._1()._1()));
        names.write("\"}");
        imageComma = ",\n";
        DetectionRecord record = DetectionRecord.fromBytes(image._1()._2());
        for (int i = 0; i < record.count(); i++) {
          results.write(comma + result(id, record, i));
          comma = ",\n";
        }
      }
    }
    return List.of(partition).iterator();
  }

  private static String result(long id, DetectionRecord record, int index) {
    double[] boxes = record.boxes();
    int at = index * 4;
    return "{\"image_id\":%d,\"category_id\":1,\"bbox\":[%s,%s,%s,%s],\"score\":%s}"
        .formatted(
            id, boxes[at], boxes[at + 1], boxes[at + 2], boxes[at + 3], record.scores()[index]);
  }

  private static Writer writer(FileSystem files, Path path) throws IOException {
    return new OutputStreamWriter(files.create(path, true), StandardCharsets.UTF_8);
  }
}
