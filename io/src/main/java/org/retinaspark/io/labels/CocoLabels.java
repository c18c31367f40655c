package org.retinaspark.io.labels;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.DamagedFileException;
import org.retinaspark.io.GroundTruthException;
import org.retinaspark.io.detections.CocoHeader;
import org.retinaspark.io.wider.ImageKey;

/**
 * Takes the annotations of a COCO file for labels. The file is read twice, as a stream, since
 * annotations may stand before the images and categories that they name.
 */
final class CocoLabels {

  /** What a driver of some gigabytes holds. */
  private static final int MOST_FACES = 5_000_000;

  /** NaN as Python writes it is a number that is none, and no damage. */
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private final LabelFile file;
  private final LabelTally tally;
  private final LabelCheck check;

  CocoLabels(LabelFile file, LabelTally tally) {
    this.file = file;
    this.tally = tally;
    this.check = new LabelCheck(tally);
  }

  /**
   * The labels of all images that the file lists.
   *
   * @param category whose annotations are taken; null for that of faces
   * @throws GroundTruthException if it isn't such a file
   */
  List<LabelledImage> images(@Nullable String category) throws IOException {
    try {
      CocoHeader header = header();
      long wanted = category == null ? header.face() : header.category(category);
      Map<Long, String> names = new LinkedHashMap<>();
      Map<Long, List<LabelledFace>> faces = new LinkedHashMap<>();
      for (CocoHeader.Entry image : header.images()) {
        if (names.put(image.id(), ImageKey.of(image.name())) != null) {
          throw new DamagedFileException("two of its images have the id " + image.id(), null);
        }
        faces.put(image.id(), new ArrayList<>());
      }
      annotations(wanted, faces);
      List<LabelledImage> images = new ArrayList<>();
      faces.forEach(
          (id, labels) ->
              images.add(new LabelledImage(names.getOrDefault(id, ""), List.copyOf(labels))));
      images.forEach(tally::add);
      return images;
    } catch (JsonProcessingException broken) {
      throw wrong("it is no JSON, or is cut: " + broken.getOriginalMessage());
    } catch (DamagedFileException other) {
      throw wrong(String.valueOf(other.getMessage()));
    }
  }

  private CocoHeader header() throws IOException {
    try (InputStream in = file.open();
        JsonParser json = JSON.createParser(in)) {
      return CocoHeader.read(json);
    }
  }

  private void annotations(long category, Map<Long, List<LabelledFace>> faces) throws IOException {
    int count = 0;
    boolean annotated = false;
    try (InputStream in = file.open();
        JsonParser json = JSON.createParser(in)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean annotations = json.currentName().equals("annotations");
        if (json.nextToken() != JsonToken.START_ARRAY || !annotations) {
          json.skipChildren();
          continue;
        }
        annotated = true;
        while (json.nextToken() == JsonToken.START_OBJECT) {
          if (++count > MOST_FACES) {
            throw new DamagedFileException(
                "it has more than %,d annotations, which the driver would hold; give so many labels as a table with the columns of 'detect'"
                    .formatted(MOST_FACES),
                null);
          }
          add(CocoAnnotation.read(json), category, faces);
        }
      }
    }
    if (!annotated) {
      throw new DamagedFileException("it has no annotations", null);
    }
  }

  private void add(CocoAnnotation annotation, long category, Map<Long, List<LabelledFace>> faces) {
    List<LabelledFace> image = faces.get(annotation.image());
    if (annotation.category() != category) {
      tally.count(LabelFault.OTHER_CATEGORY);
    } else if (image == null) {
      tally.count(LabelFault.UNKNOWN_IMAGE);
    } else if (annotation.boxNumbers() != LabelledFace.BOX) {
      tally.count(LabelFault.BOX_MISSING);
    } else {
      LabelledFace face =
          check.face(annotation.corners(), annotation.landmarks(tally), null, annotation.crowd());
      if (face != null) {
        image.add(face);
      }
    }
  }

  private GroundTruthException wrong(String why) {
    return new GroundTruthException(
        "%s can't be taken for labels: %s. Nothing was done; give a file of COCO annotations, or the form with --labels-format"
            .formatted(file.location(), why));
  }
}
