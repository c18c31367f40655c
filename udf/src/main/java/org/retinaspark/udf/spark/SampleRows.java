package org.retinaspark.udf.spark;

import java.util.List;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.retinaspark.io.samples.Sample;
import org.retinaspark.io.samples.SampleColumns;
import org.retinaspark.udf.train.sampling.AnchorSample;

/** The samples of an image, as their column takes them. */
final class SampleRows {

  private SampleRows() {}

  static ArrayData of(List<AnchorSample> samples) {
    return SampleColumns.array(samples.stream().map(SampleRows::sample).toList());
  }

  private static Sample sample(AnchorSample sample) {
    return new Sample(
        sample.view(),
        sample.place().level(),
        sample.place().size(),
        sample.mirrored(),
        sample.reference().x(),
        sample.reference().y(),
        sample.reference().width(),
        sample.reference().height(),
        sample.face(),
        sample.overlap(),
        sample.weight(),
        sample.features());
  }
}
