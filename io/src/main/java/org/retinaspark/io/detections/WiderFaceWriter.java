package org.retinaspark.io.detections;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.VoidFunction;
import org.apache.spark.util.SerializableConfiguration;
import org.retinaspark.io.wider.BoxNumbers;
import org.retinaspark.io.wider.WiderDetectionFile;
import scala.Tuple2;

/** Writes the detection files of a partition; a task that is tried again writes the same ones. */
final class WiderFaceWriter implements VoidFunction<Iterator<Tuple2<String, byte[]>>> {

  private static final long serialVersionUID = 1L;

  private final String folder;
  private final BoxNumbers numbers;
  private final SerializableConfiguration hadoop;

  WiderFaceWriter(String folder, BoxNumbers numbers, SerializableConfiguration hadoop) {
    this.folder = folder;
    this.numbers = numbers;
    this.hadoop = hadoop;
  }

  @Override
  public void call(Iterator<Tuple2<String, byte[]>> images) throws IOException {
    Path root = new Path(folder);
    FileSystem files = root.getFileSystem(hadoop.value());
    while (images.hasNext()) {
      Tuple2<String, byte[]> image = images.next();
      DetectionRecord record = DetectionRecord.fromBytes(image._2());
      String text = WiderDetectionFile.format(image._1(), record.boxes(), record.scores(), numbers);
      try (FSDataOutputStream out = files.create(new Path(root, name(image._1())), true)) {
        out.write(text.getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  /** The image's path with another extension; a key may not lead out of the folder. */
  static String name(String image) {
    if (image.startsWith("/") || ("/" + image + "/").contains("/../")) {
      throw new DetectionException(
          "image %s leads out of the output folder, so nothing was written for it; keys must be paths below a root"
              .formatted(image));
    }
    int dot = image.lastIndexOf('.');
    return (dot > image.lastIndexOf('/') ? image.substring(0, dot) : image) + ".txt";
  }
}
