package org.retinaspark.job.detect;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.retinaspark.io.ImageFile;
import org.retinaspark.io.ImageReader;
import org.retinaspark.io.PartitionPlan;
import org.retinaspark.udf.spark.ImageInput;

/** Where storage meets detection: units of work become images to look at, each read in its turn. */
final class UnitInputs {

  /** Tasks a core, so that the last ones of a chunk end at about the same time. */
  private static final int TASKS_A_CORE = 4;

  private final JavaSparkContext context;
  private final OpenImage open;
  private final long taskBytes;

  UnitInputs(JavaSparkContext context, long taskBytes) {
    this.context = context;
    this.open = new OpenImage(ImageReader.of(context.sc()));
    this.taskBytes = taskBytes;
  }

  /** The images of some units, in tasks. */
  JavaRDD<ImageInput> of(List<ImageFile> units) {
    PartitionPlan plan =
        PartitionPlan.of(units, taskBytes, TASKS_A_CORE * context.defaultParallelism());
    return context
        .parallelize(plan.tasks(), plan.tasks().size())
        .flatMap(List<ImageFile>::iterator)
        .map(open);
  }
}
