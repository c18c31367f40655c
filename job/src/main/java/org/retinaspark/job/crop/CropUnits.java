package org.retinaspark.job.crop;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.facetable.ImageRecord;
import org.retinaspark.io.reading.ImageReader;
import org.retinaspark.job.StoredInput;
import org.retinaspark.udf.pipeline.ImageUnit;
import scala.Tuple2;

/** The files of a task, each once: its images come one after the other, sorted by file. */
final class CropUnits implements Iterator<ImageUnit> {

  private final Iterator<Tuple2<String, ImageRecord>> images;
  private final ImageReader reader;
  private final Configuration hadoop;
  private final WantedImages wanted;
  private @Nullable Tuple2<String, ImageRecord> ahead;

  CropUnits(
      Iterator<Tuple2<String, ImageRecord>> images,
      ImageReader reader,
      Configuration hadoop,
      WantedImages wanted) {
    this.images = images;
    this.reader = reader;
    this.hadoop = hadoop;
    this.wanted = wanted;
  }

  @Override
  public boolean hasNext() {
    return ahead != null || images.hasNext();
  }

  @Override
  public ImageUnit next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Tuple2<String, ImageRecord> first = take();
    String uri = first._1();
    if (first._2().container() == null) {
      return ImageUnit.of(
          wanted.add(
              StoredInput.of(reader.open(SourceFile.loose(first._2(), uri)).next(), List.of()),
              first._2()));
    }
    List<ImageRecord> members = new ArrayList<>(List.of(first._2()));
    while (hasNext()) {
      Tuple2<String, ImageRecord> next = take();
      if (!next._1().equals(uri)) {
        ahead = next;
        break;
      }
      members.add(next._2());
    }
    return new WantedMembers(uri, members, reader, hadoop, wanted);
  }

  private Tuple2<String, ImageRecord> take() {
    Tuple2<String, ImageRecord> taken = ahead == null ? images.next() : ahead;
    ahead = null;
    return taken;
  }
}
