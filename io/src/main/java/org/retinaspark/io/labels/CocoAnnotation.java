package org.retinaspark.io.labels;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One of a COCO file's annotations, as it stands.
 *
 * @param image the image's number, {@code image_id}
 * @param category the category's number
 * @param crowd whether it is of several faces together, {@code iscrowd}
 * @param box {@code [4]}: x, y, width, height
 * @param boxNumbers how many numbers it has in truth
 * @param keypoints {@code [5, 3]}: x, y and visibility of the first points
 * @param keypointNumbers how many numbers there are in truth
 */
record CocoAnnotation(
    long image,
    long category,
    boolean crowd,
    double[] box,
    long boxNumbers,
    double[] keypoints,
    long keypointNumbers) {

  private static final int POINT = 3;
  private static final int POINTS = 5;
  private static final long NO_ID = -1;

  /** Reads an object up to its end; arrays are never held beyond what is used. */
  static CocoAnnotation read(JsonParser json) throws IOException {
    long image = NO_ID;
    long category = NO_ID;
    boolean crowd = false;
    double[] box = new double[LabelledFace.BOX];
    double[] keypoints = new double[POINTS * POINT];
    long boxNumbers = 0;
    long keypointNumbers = 0;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      switch (name) {
        case "image_id" -> image = id(json, value);
        case "category_id" -> category = id(json, value);
        case "iscrowd" ->
            crowd = value == JsonToken.VALUE_TRUE || (value.isNumeric() && id(json, value) == 1);
        case "bbox" -> boxNumbers = numbers(json, value, box);
        case "keypoints" -> keypointNumbers = numbers(json, value, keypoints);
        default -> json.skipChildren();
      }
    }
    return new CocoAnnotation(image, category, crowd, box, boxNumbers, keypoints, keypointNumbers);
  }

  private static long id(JsonParser json, JsonToken value) throws IOException {
    if (value == JsonToken.VALUE_NUMBER_INT) {
      return json.getLongValue();
    }
    json.skipChildren();
    return NO_ID;
  }

  /** Reads the first numbers of an array; what is none is NaN. Returns how many it has. */
  private static long numbers(JsonParser json, JsonToken value, double[] into) throws IOException {
    if (value != JsonToken.START_ARRAY) {
      json.skipChildren();
      return 0;
    }
    long count = 0;
    for (JsonToken next = json.nextToken(); next != JsonToken.END_ARRAY; next = json.nextToken()) {
      if (count < into.length) {
        into[(int) count] = next.isNumeric() ? json.getDoubleValue() : Double.NaN;
      }
      json.skipChildren();
      count++;
    }
    return count;
  }

  float[] corners() {
    return new float[] {
      (float) box[0], (float) box[1], (float) (box[0] + box[2]), (float) (box[1] + box[3])
    };
  }

  /** The five points, if they are that and all labelled; hidden ones are labelled too. */
  float @Nullable [] landmarks(LabelTally tally) {
    if (keypointNumbers != keypoints.length) {
      if (keypointNumbers > 0) {
        tally.count(LabelFault.LANDMARKS_OTHER_NUMBER);
      }
      return null;
    }
    float[] landmarks = new float[LabelledFace.LANDMARKS];
    int labelled = 0;
    for (int point = 0; point < POINTS; point++) {
      landmarks[2 * point] = (float) keypoints[point * POINT];
      landmarks[2 * point + 1] = (float) keypoints[point * POINT + 1];
      labelled += keypoints[point * POINT + 2] > 0 ? 1 : 0;
    }
    if (labelled > 0 && labelled < POINTS) {
      tally.count(LabelFault.LANDMARKS_INCOMPLETE);
    }
    return labelled == POINTS ? landmarks : null;
  }
}
