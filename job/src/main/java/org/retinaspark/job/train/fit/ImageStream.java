package org.retinaspark.job.train.fit;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.labels.LabelledFace;
import org.retinaspark.io.labels.LabelledImage;
import org.retinaspark.io.samples.ImageSamples;
import org.retinaspark.io.samples.SampleReader;
import org.retinaspark.io.samples.SampleShape;

/**
 * Reads rows that are sorted by key, the labels of a key before its samples: key, side, image,
 * bytes of labels, samples. An image without labels has no faces. Negatives are those of the last
 * table alone: each table's stand for all anchors, so that those of two would count twice.
 */
final class ImageStream implements Iterator<ImageRows> {

  /**
   * What the rows are.
   *
   * @param tables how errors call the tables, by their sides
   */
  record Settings(SampleShape shape, List<String> tables) implements Serializable {

    SampleReader reader(int side) {
      return new SampleReader(shape, tables.get(side));
    }
  }

  private final Iterator<InternalRow> rows;
  private final Settings settings;
  private String key = "";
  private List<LabelledFace> faces = List.of();
  private @Nullable ImageRows next;

  ImageStream(Iterator<InternalRow> rows, Settings settings) {
    this.rows = rows;
    this.settings = settings;
    advance();
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public ImageRows next() {
    ImageRows image = next;
    if (image == null) {
      throw new NoSuchElementException("the block has no more images");
    }
    advance();
    return image;
  }

  private void advance() {
    next = null;
    while (next == null && rows.hasNext()) {
      InternalRow row = rows.next();
      String its = row.getUTF8String(0).toString();
      if (!its.equals(key)) {
        key = its;
        faces = List.of();
      }
      int side = row.getInt(1);
      if (side < 0) {
        faces = LabelledImage.fromBytes(row.getBinary(3)).faces();
      } else {
        String image = row.getUTF8String(2).toString();
        ImageSamples samples = settings.reader(side).read(image, row.getArray(4));
        boolean last = side == settings.tables().size() - 1;
        next = new ImageRows(settings.shape(), last ? samples : samples.positives(), faces);
      }
    }
  }
}
