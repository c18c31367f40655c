package org.retinaspark.job.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Numbers of golden files. */
public final class JsonFloats {

  private JsonFloats() {}

  /** All numbers of nested lists; none of a null. */
  public static float[] of(JsonNode numbers) {
    List<Float> all = new ArrayList<>();
    for (JsonNode number : numbers) {
      if (number.isNumber()) {
        all.add(number.floatValue());
      } else {
        number.forEach(inner -> all.add(inner.floatValue()));
      }
    }
    float[] floats = new float[all.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = all.get(i);
    }
    return floats;
  }
}
