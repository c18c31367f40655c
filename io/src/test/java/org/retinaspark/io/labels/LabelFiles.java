package org.retinaspark.io.labels;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.retinaspark.io.LocalSpark;

/** Labels in files and tables, and what is read of them. */
final class LabelFiles {

  static final SparkSession SPARK = LocalSpark.session();

  private static final String COLUMNS =
      "image string, status string, faces array<struct<index int, score float,"
          + " box struct<x1 float, y1 float, x2 float, y2 float>, landmarks struct<"
          + "left_eye struct<x float, y float>, right_eye struct<x float, y float>,"
          + " nose struct<x float, y float>, left_mouth struct<x float, y float>,"
          + " right_mouth struct<x float, y float>>,"
          + " mesh struct<topology string, score float, vertices array<float>>>>";

  private LabelFiles() {}

  static Labels read(Path file) {
    return read(file, LabelRules.of(LabelFormat.AUTO));
  }

  static Labels read(Path file, LabelRules rules) {
    try {
      return Labels.read(SPARK, file.toString(), rules);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static Path write(Path file, String content) {
    try {
      return Files.writeString(file, content);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** A table of images, each in JSON. */
  static Path table(Path folder, String... images) {
    SPARK
        .read()
        .schema(COLUMNS)
        .json(SPARK.createDataset(List.of(images), Encoders.STRING()))
        .write()
        .parquet(folder.toString());
    return folder;
  }

  /** A row of the table. */
  static String image(String key, String... faces) {
    return "{'image':'%s','status':'ok','faces':[%s]}"
        .formatted(key, String.join(",", faces))
        .replace('\'', '"');
  }

  /** A face of 10 x 20 pixels at x, with landmarks and a mesh of two vertices. */
  static String face(double score, int x, String topology, double meshScore) {
    return ("{'index':0,'score':%s,'box':{'x1':%d,'y1':0,'x2':%d,'y2':20},'landmarks':{"
            + "'left_eye':{'x':%d,'y':5},'right_eye':{'x':%d,'y':5},'nose':{'x':%d,'y':9},"
            + "'left_mouth':{'x':%d,'y':15},'right_mouth':{'x':%d,'y':15}},"
            + "'mesh':{'topology':'%s','score':%s,'vertices':[%d,1,2,%d,4,5]}}")
        .formatted(
            score, x, x + 10, x + 2, x + 8, x + 5, x + 3, x + 7, topology, meshScore, x, x + 3);
  }

  /** The images in the order of their keys, a line each: key, then what each face has. */
  static List<String> lines(Labels labels) {
    List<LabelledImage> images = new ArrayList<>(labels.images().collect());
    images.sort(Comparator.comparing(LabelledImage::image));
    return images.stream().map(LabelFiles::line).toList();
  }

  private static String line(LabelledImage image) {
    StringBuilder line = new StringBuilder(image.image());
    for (LabelledFace face : image.faces()) {
      line.append(" | ").append(face.ignored() ? "ignored " : "").append(text(face.box()));
      float[] landmarks = face.landmarks();
      line.append(landmarks == null ? "" : " landmarks " + text(landmarks));
      float[] mesh = face.mesh();
      line.append(mesh == null ? "" : " mesh " + text(mesh));
    }
    return line.toString();
  }

  private static String text(float[] values) {
    List<String> numbers = new ArrayList<>();
    for (float value : values) {
      numbers.add(
          value == Math.rint(value) ? Integer.toString((int) value) : Float.toString(value));
    }
    return String.join(" ", numbers);
  }
}
