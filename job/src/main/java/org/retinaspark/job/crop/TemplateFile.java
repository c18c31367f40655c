package org.retinaspark.job.crop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkContext;
import org.retinaspark.io.FileLocation;
import org.retinaspark.io.UnusableLocationException;
import org.retinaspark.job.FileLookup;
import org.retinaspark.job.UsageException;
import org.retinaspark.udf.crop.AlignmentTemplate;
import org.retinaspark.udf.detect.Point;

/**
 * A template of {@code --template}: a name, or a text file of eleven numbers, the side of a square
 * and in it x and y of the five points, with spaces, commas or new lines between; what follows a
 * {@code #} is a remark.
 */
final class TemplateFile {

  private static final Pattern SEPARATOR = Pattern.compile("[\\s,;]+");
  private static final int MOST_BYTES = 1 << 16;
  private static final int NUMBERS = 1 + 2 * AlignmentTemplate.POINTS;

  private TemplateFile() {}

  /**
   * The template.
   *
   * @throws UsageException if there is no such file, or it is no template
   * @throws UnusableLocationException if it can't be read
   */
  static AlignmentTemplate read(String template, SparkContext spark) {
    if (template.toLowerCase(Locale.ROOT).equals(AlignmentTemplate.ARCFACE.name())) {
      return AlignmentTemplate.ARCFACE;
    }
    String found = new FileLookup(spark).find("--template", template);
    return parse(found, text(found, spark.hadoopConfiguration()));
  }

  private static String text(String file, Configuration hadoop) {
    try {
      FileLocation location = FileLocation.of(file, hadoop);
      try (var in = location.files().open(location.path())) {
        return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
      }
    } catch (IOException | IllegalArgumentException failure) {
      throw UnusableLocationException.because(file, failure);
    }
  }

  static AlignmentTemplate parse(String name, String text) {
    List<Float> numbers = new ArrayList<>();
    try {
      for (String word : SEPARATOR.split(text.replaceAll("#.*", " ").strip(), -1)) {
        numbers.add(Float.valueOf(word));
      }
      if (numbers.size() != NUMBERS) {
        throw new IllegalArgumentException(
            "has %d numbers, and must have %d".formatted(numbers.size(), NUMBERS));
      }
      List<Point> points = new ArrayList<>();
      for (int at = 1; at < NUMBERS; at += 2) {
        points.add(new Point(numbers.get(at), numbers.get(at + 1)));
      }
      return new AlignmentTemplate(name, numbers.get(0), points);
    } catch (IllegalArgumentException wrong) {
      throw new UsageException(
          ("--template '%s' is no template, since it %s: nothing was done. Give arcface, or a text"
                  + " file of the side of a square and x and y of left eye, right eye, nose, left"
                  + " and right mouth corner in it")
              .formatted(
                  name,
                  wrong instanceof NumberFormatException
                      ? "holds what is no number: " + wrong.getMessage()
                      : wrong.getMessage()),
          wrong);
    }
  }
}
