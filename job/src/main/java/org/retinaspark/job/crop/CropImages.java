package org.retinaspark.job.crop;

import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;
import org.retinaspark.io.crops.StoredCrop;
import org.retinaspark.io.facetable.ImageRecord;
import org.retinaspark.io.reading.ImageReader;
import org.retinaspark.udf.image.DecodeSettings;
import org.retinaspark.udf.pipeline.ImagePipeline;
import org.retinaspark.udf.pipeline.PipelineSettings;
import scala.Tuple2;

/** What a task does: images with their faces in, sorted by their files; crops out. */
final class CropImages
    implements FlatMapFunction<Iterator<Tuple2<String, ImageRecord>>, StoredCrop> {

  private static final long serialVersionUID = 1L;

  private final CropSettings settings;
  private final FaceFilter filter;
  private final ImageReader reader;
  private final DecodeSettings decoding;
  private final PipelineSettings pipeline;
  private final long maximumBytes;
  private final Broadcast<SerializableConfiguration> hadoop;

  /**
   * A task's function.
   *
   * @param decoding as the run had it that found the faces
   */
  CropImages(
      CropSettings settings,
      FaceFilter filter,
      ImageReader reader,
      DecodeSettings decoding,
      PipelineSettings pipeline,
      long maximumBytes,
      Broadcast<SerializableConfiguration> hadoop) {
    this.settings = settings;
    this.filter = filter;
    this.reader = reader;
    this.decoding = decoding;
    this.pipeline = pipeline;
    this.maximumBytes = maximumBytes;
    this.hadoop = hadoop;
  }

  @Override
  public Iterator<StoredCrop> call(Iterator<Tuple2<String, ImageRecord>> images) {
    WantedImages wanted = new WantedImages();
    FaceCropper cropper = new FaceCropper(settings, filter);
    CropStation station = new CropStation(wanted, cropper);
    ImagePipeline line =
        ImagePipeline.through(
            station,
            new CropUnits(images, reader, hadoop.value().value(), wanted),
            decoding,
            pipeline,
            maximumBytes);
    TaskContext.get().addTaskCompletionListener((TaskCompletionListener) ended -> line.close());
    return new FinishedCrops(line, station, wanted, cropper);
  }
}
