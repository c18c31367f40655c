package org.retinaspark.io.crops;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.retinaspark.io.facetable.FaceArrays;
import org.retinaspark.io.facetable.ImageError;

/** What is known of a crop, as a JSON object: the columns of the table but the crop itself. */
final class CropLine {

  /** The crop's file, where it has one of its own. */
  static final String FILE = "file";

  private static final ObjectMapper JSON = new ObjectMapper();

  private CropLine() {}

  /**
   * The object in UTF-8, on one line.
   *
   * @param place where the crop is stored, by name; it comes first
   */
  static byte[] of(StoredCrop crop, Map<String, String> place) {
    ObjectNode line = JSON.createObjectNode();
    place.forEach(line::put);
    line.put("image", crop.image()).put("uri", crop.uri()).put("index", crop.index());
    line.put("score", crop.score());
    ArrayNode box = line.putArray("box");
    for (float corner : crop.box()) {
      box.add(corner);
    }
    FaceArrays.Pose pose = crop.pose();
    if (pose != null) {
      line.putObject("pose")
          .put("yaw", pose.yaw())
          .put("pitch", pose.pitch())
          .put("roll", pose.roll())
          .put("source", pose.source());
    }
    ImageError error = crop.error();
    if (error == null) {
      line.put("width", crop.side()).put("height", crop.side());
    } else {
      line.putObject("error")
          .put("stage", error.stage())
          .put("code", error.code())
          .put("message", error.message());
    }
    try {
      return JSON.writeValueAsString(line).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
