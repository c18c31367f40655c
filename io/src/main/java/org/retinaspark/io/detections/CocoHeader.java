package org.retinaspark.io.detections;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.retinaspark.io.DamagedFileException;

/**
 * The images and categories that a COCO file lists, in its order.
 *
 * @param images by {@code file_name}
 * @param categories by {@code name}
 */
public record CocoHeader(List<Entry> images, List<Entry> categories) {

  private static final String FACE = "face";
  private static final long NO_ID = -1;

  /**
   * What a number stands for.
   *
   * @param name as the file writes it
   * @param id its number
   */
  public record Entry(String name, long id) {}

  /** Keeps unmodifiable copies. */
  public CocoHeader {
    images = List.copyOf(images);
    categories = List.copyOf(categories);
  }

  /**
   * Reads a file as a stream; of its annotations nothing is kept.
   *
   * @throws DamagedFileException if it isn't such a file
   * @throws IOException if it can't be read, or is no JSON
   */
  public static CocoHeader read(JsonParser json) throws IOException {
    List<Entry> images = new ArrayList<>();
    List<Entry> categories = new ArrayList<>();
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new DamagedFileException("it is no JSON object", null);
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String section = json.currentName();
      JsonToken value = json.nextToken();
      if (section.equals("images") && value == JsonToken.START_ARRAY) {
        entries(json, "file_name", images);
      } else if (section.equals("categories") && value == JsonToken.START_ARRAY) {
        entries(json, "name", categories);
      } else {
        json.skipChildren();
      }
    }
    if (images.isEmpty()) {
      throw new DamagedFileException("it has no images with id and file_name", null);
    }
    return new CocoHeader(images, categories);
  }

  /** Reads objects up to the end of their array. */
  private static void entries(JsonParser json, String field, List<Entry> entries)
      throws IOException {
    while (json.nextToken() == JsonToken.START_OBJECT) {
      String name = "";
      long id = NO_ID;
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String key = json.currentName();
        JsonToken value = json.nextToken();
        if (key.equals("id") && value == JsonToken.VALUE_NUMBER_INT) {
          id = json.getLongValue();
        } else if (key.equals(field) && value == JsonToken.VALUE_STRING) {
          name = json.getText();
        } else {
          json.skipChildren();
        }
      }
      if (id == NO_ID || name.isEmpty()) {
        throw new DamagedFileException(
            "one of its images or categories has no whole id or no " + field, null);
      }
      entries.add(new Entry(name, id));
    }
  }

  /**
   * The number of the category of faces: the only one, or {@code face}.
   *
   * @throws DamagedFileException if neither is there
   */
  public long face() throws DamagedFileException {
    return categories.size() == 1 ? categories.get(0).id() : category(FACE);
  }

  /**
   * The number of a category, whatever the case of its name.
   *
   * @throws DamagedFileException if there is none of that name
   */
  public long category(String name) throws DamagedFileException {
    for (Entry category : categories) {
      if (category.name().equalsIgnoreCase(name)) {
        return category.id();
      }
    }
    throw new DamagedFileException(
        "of its categories %s none is '%s'"
            .formatted(categories.stream().map(Entry::name).toList(), name),
        null);
  }
}
