package org.retinaspark.job.update;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.FlatMapFunction2;
import org.retinaspark.io.facetable.ImageRecord;
import org.retinaspark.io.images.ImageFile;
import org.retinaspark.udf.pipeline.ImageUnit;

/** What a task opens: its units, and of each image the faces that a table knows. */
final class OpenKnown
    implements FlatMapFunction2<Iterator<List<ImageFile>>, Iterator<ImageRecord>, ImageUnit> {

  private static final long serialVersionUID = 1L;

  private final FlatMapFunction<List<ImageFile>, ImageUnit> open;

  OpenKnown(FlatMapFunction<List<ImageFile>, ImageUnit> open) {
    this.open = open;
  }

  @Override
  public Iterator<ImageUnit> call(Iterator<List<ImageFile>> files, Iterator<ImageRecord> images)
      throws Exception {
    Map<String, ImageRecord> known = new HashMap<>();
    while (images.hasNext()) {
      ImageRecord image = images.next();
      if (image.error() == null) {
        known.put(image.image(), image);
      }
    }
    KnownImages faces = new KnownImages(known);
    List<ImageUnit> units = new ArrayList<>();
    while (files.hasNext()) {
      open.call(files.next()).forEachRemaining(unit -> units.add(unit.changed(faces)));
    }
    return units.iterator();
  }
}
