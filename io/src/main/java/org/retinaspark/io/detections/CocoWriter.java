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

/** Writes a partition's results and images, objects with commas between, and tells its index. */
final class CocoWriter implements Function2<Integer, Iterator<CocoImage>, Iterator<Integer>> {

  private static final long serialVersionUID = 1L;

  private final String parts;
  private final long category;
  private final SerializableConfiguration hadoop;

  CocoWriter(String parts, long category, SerializableConfiguration hadoop) {
    this.parts = parts;
    this.category = category;
    this.hadoop = hadoop;
  }

  @Override
  public Iterator<Integer> call(Integer partition, Iterator<CocoImage> images) throws IOException {
    Path root = new Path(parts);
    FileSystem files = root.getFileSystem(hadoop.value());
    try (Writer results = writer(files, new Path(root, CocoFiles.results(partition)));
        Writer names = writer(files, new Path(root, CocoFiles.images(partition)))) {
      String comma = "";
      String imageComma = "";
      while (images.hasNext()) {
        CocoImage image = images.next();
        names.write(imageComma + described(image));
        imageComma = ",\n";
        DetectionRecord record = DetectionRecord.fromBytes(image.record());
        for (int i = 0; i < record.count(); i++) {
          results.write(comma + result(image.number(), record, i));
          comma = ",\n";
        }
      }
    }
    return List.of(partition).iterator();
  }

  private static String described(CocoImage image) {
    StringBuilder text = new StringBuilder("{\"id\":").append(image.number());
    text.append(",\"file_name\":\"")
        .append(JsonStringEncoder.getInstance().quoteAsString(image.key()))
        .append('"');
    if (image.width() != null && image.height() != null) {
      text.append(",\"width\":").append(image.width());
      text.append(",\"height\":").append(image.height());
    }
    return text.append('}').toString();
  }

  private String result(long id, DetectionRecord record, int index) {
    double[] boxes = record.boxes();
    int at = index * 4;
    return "{\"image_id\":%d,\"category_id\":%d,\"bbox\":[%s,%s,%s,%s],\"score\":%s}"
        .formatted(
            id,
            category,
            boxes[at],
            boxes[at + 1],
            boxes[at + 2],
            boxes[at + 3],
            record.scores()[index]);
  }

  private static Writer writer(FileSystem files, Path path) throws IOException {
    return new OutputStreamWriter(files.create(path, true), StandardCharsets.UTF_8);
  }
}
