package org.retinaspark.job.train;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.facetable.FaceTable;
import org.retinaspark.io.samples.SampleCensus;
import org.retinaspark.io.table.TableLocation;
import org.retinaspark.job.detect.DetectAction;
import org.retinaspark.udf.heads.FeatureModel;
import org.retinaspark.udf.heads.LinearHead;
import org.retinaspark.udf.train.sampling.LabelSource;
import org.retinaspark.udf.train.sampling.SampleCounts;
import org.retinaspark.udf.train.sampling.SamplingPlan;
import org.retinaspark.udf.train.sampling.WantedSamples;
import org.retinaspark.udf.train.view.ViewPlan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at all photos for samples, once a round; rounds that are there already are read.
 *
 * @param model the detector with its feature maps
 * @param views of a photo
 * @param counts how many samples are taken
 * @param labels of the photos
 * @param digests of all that is known of them, by name
 * @param folder of the samples
 * @param terminal where a progress line goes
 */
record PhotoLooks(
    SparkSession spark,
    TrainConfig config,
    FeatureModel model,
    ViewPlan views,
    SampleCounts counts,
    LabelSource labels,
    Map<String, String> digests,
    SamplesFolder folder,
    PrintWriter terminal) {

  private static final Logger LOG = LoggerFactory.getLogger(PhotoLooks.class);

  /**
   * The samples of a round.
   *
   * @param number from 0 on; later rounds find negatives only
   * @param miner finds hard ones; by chance without
   * @throws IOException if they can't be stored
   */
  SampleRound look(int number, @Nullable LinearHead miner) throws IOException {
    SamplingPlan plan =
        new SamplingPlan(
            views,
            counts,
            number == 0 ? WantedSamples.ALL : WantedSamples.NEGATIVES,
            config.views().seed(),
            miner,
            labels);
    String table = folder.round(number, plan.settings().getOrDefault("miner", ""));
    SampleRound.Origin origin = SampleRound.Origin.FOUND;
    if (folder.isComplete(table)) {
      LOG.info("round {}: the samples are those of {}", number, table);
    } else {
      origin = SampleRound.Origin.TAKEN;
      DetectAction.sampling(
              spark,
              config.looking(table),
              new DetectAction.Sampling(model, plan, digests),
              terminal)
          .execute();
    }
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    Dataset<Row> rows = TableLocation.of(table, hadoop).read(spark);
    spark.sparkContext().setJobDescription("count the samples");
    return new SampleRound(
        number, table, origin, rows, FaceTable.of(rows, table).counts(), SampleCensus.of(rows));
  }
}
