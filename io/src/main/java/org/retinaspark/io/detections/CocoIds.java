package org.retinaspark.io.detections;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.DamagedFileException;
import org.retinaspark.io.wider.ImageKey;

/** The numbers that images have in COCO's files. */
public final class CocoIds implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final long NO_IMAGE = -1;

  private final Rule rule;
  private final Map<String, Long> byName;
  private final long category;

  private enum Rule {
    ORDER,
    NUMBER,
    FILE
  }

  private CocoIds(Rule rule, Map<String, Long> byName, long category) {
    this.rule = rule;
    this.byName = byName;
    this.category = category;
  }

  /** From 1 in the order of the keys. */
  public static CocoIds inOrder() {
    return new CocoIds(Rule.ORDER, Map.of(), 1);
  }

  /** The number in the file's name, as COCO's own images have it: {@code 000000000139.jpg}. */
  public static CocoIds ofNames() {
    return new CocoIds(Rule.NUMBER, Map.of(), 1);
  }

  /**
   * Those of a COCO file, by its images' {@code file_name}, or by the last part of that where no
   * other image has the same.
   *
   * @throws DetectionException if it is none
   * @throws IOException if it can't be read
   */
  public static CocoIds of(String file, Configuration hadoop) throws IOException {
    Path path = new Path(file);
    try (FSDataInputStream in = path.getFileSystem(hadoop).open(path);
        JsonParser json = new JsonFactory().createParser((java.io.InputStream) in)) {
      CocoHeader header = CocoHeader.read(json);
      Map<String, Long> names = new HashMap<>();
      header.images().forEach(image -> names.put(ImageKey.of(image.name()), image.id()));
      return new CocoIds(Rule.FILE, withShortNames(names), header.face());
    } catch (JsonProcessingException broken) {
      throw wrong(file, "it is no JSON, or is cut: " + broken.getOriginalMessage());
    } catch (DamagedFileException other) {
      throw wrong(file, String.valueOf(other.getMessage()));
    }
  }

  private static Map<String, Long> withShortNames(Map<String, Long> names) {
    Map<String, Long> all = new HashMap<>();
    names.forEach((name, id) -> all.merge(last(name), id, (one, other) -> NO_IMAGE));
    all.values().removeIf(id -> id == NO_IMAGE);
    all.putAll(names);
    return all;
  }

  private static DetectionException wrong(String file, String why) {
    return new DetectionException(
        "%s gives images no ids: %s; name a file of COCO annotations, or number the images with --image-ids order"
            .formatted(file, why));
  }

  private static String last(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  /** The number of an image; null if it has none. */
  @Nullable Long of(String image, long position) {
    return switch (rule) {
      case ORDER -> position;
      case NUMBER -> number(last(image));
      case FILE -> {
        String key = ImageKey.of(image);
        Long id = byName.get(key);
        yield id == null ? byName.get(last(key)) : id;
      }
    };
  }

  /** The last run of digits of a name without its ending. */
  private static @Nullable Long number(String name) {
    int dot = name.lastIndexOf('.');
    String stem = dot < 0 ? name : name.substring(0, dot);
    int end = stem.length();
    while (end > 0 && !isDigit(stem.charAt(end - 1))) {
      end--;
    }
    int start = end;
    while (start > 0 && isDigit(stem.charAt(start - 1))) {
      start--;
    }
    try {
      return start == end ? null : Long.valueOf(stem.substring(start, end));
    } catch (NumberFormatException tooLarge) {
      return null;
    }
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }

  /** Whether images without a number are left out, since a file says which there are. */
  boolean ofFile() {
    return rule == Rule.FILE;
  }

  /** The number of the category of faces. */
  long category() {
    return category;
  }
}
