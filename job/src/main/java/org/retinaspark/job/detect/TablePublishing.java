package org.retinaspark.job.detect;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.facetable.FaceTable;
import org.retinaspark.io.facetable.TableCounts;
import org.retinaspark.io.table.Publication;
import org.retinaspark.io.table.TableDraft;
import org.retinaspark.io.table.TableLocation;
import org.retinaspark.job.update.TableUpdate;
import org.retinaspark.udf.pipeline.DetectSettings;

/**
 * The end of a run: what was found is judged, and becomes the table.
 *
 * @param work what was to be done
 * @param update what was taken from an older table; absent if there is none
 * @param provider where the networks ran
 */
record TablePublishing(
    SparkSession spark,
    DetectConfig config,
    FaceDetection detection,
    TableDraft draft,
    WorkList work,
    @Nullable TableUpdate update,
    String provider) {

  /** The result of a run that had nothing to do. */
  DetectResult asItIs() {
    TableLocation table = TableLocation.of(draft.uri(), spark.sparkContext().hadoopConfiguration());
    return result(counts(table.read(spark)), 0, 0);
  }

  /**
   * Makes the draft the table.
   *
   * @param written images that this process made rows of
   * @param counted what the manifest counts
   * @throws TooManyFailuresException if too many images failed; nothing is published then
   */
  DetectResult publish(
      long written,
      Function<DetectResult, RunManifest.Counts> counted,
      DetectSettings settings,
      RunSettings decisive,
      Instant started)
      throws IOException {
    Instant detected = Instant.now();
    spark.sparkContext().setJobDescription("count what was found");
    Optional<Dataset<Row>> rows = draft.rows();
    if (rows.isPresent()) {
      requireFewFailures(counts(rows.get()));
    }
    spark.sparkContext().setJobDescription("publish the table");
    Publication publication = draft.publish(config.table().files());
    TableCounts counts = counts(publication.rows());
    requireWhole(counts, publication);
    Instant published = Instant.now();
    DetectResult result = result(counts, written, seconds(started, published));
    publication.complete(
        new RunManifest(
            started.toString(),
            published.toString(),
            config.invocation().text(),
            decisive,
            ClusterUse.of(spark, detection.executors().size()),
            settings.batching().mode().label(),
            settings.batching().limits().size(),
            provider,
            RunManifest.jpegDecoderHere(),
            new TreeMap<>(detection.executors()),
            publication.committer().orElse(null),
            detection.sessions(),
            RunManifest.versions(spark),
            counted.apply(result),
            result.work(),
            draft.damaged(),
            result.seconds(),
            seconds(detected, published),
            result.imagesPerSecond(),
            draft.sittings(published),
            detection.stageSeconds(),
            detection.tail()));
    return result;
  }

  private TableCounts counts(Dataset<Row> rows) {
    return FaceTable.of(rows, config.table().output()).counts();
  }

  private void requireFewFailures(TableCounts counts) {
    TooManyFailuresException.requireFew(
        counts.images(),
        counts.failed(),
        counts.failures(),
        config.maximumFailureRate(),
        config.table().output());
  }

  private void requireWhole(TableCounts counts, Publication publication) {
    long carried = update == null ? 0 : update.toCarry();
    long expected =
        work.rows().isPresent() ? work.rows().getAsLong() + carried : publication.expectedRows();
    if (counts.images() != expected || counts.images() != publication.expectedRows()) {
      throw new IllegalStateException(
          ("the table at %s would have %d rows for %d images: it was not published. Its chunks stay"
                  + " as they are; --resume looks at them and does again what is damaged")
              .formatted(config.table().output(), counts.images(), expected));
    }
  }

  private DetectResult result(TableCounts counts, long written, double seconds) {
    return new DetectResult(
        counts.images(),
        counts.failed(),
        counts.faces(),
        counts.failures(),
        new DetectResult.Work(
            draft.chunks(),
            Math.max(0, draft.sessions() - 1),
            work.counts().before(),
            work.counts().units(),
            written,
            work.counts().vanished(),
            update == null ? null : update.counts()),
        seconds,
        provider,
        draft.uri());
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toMillis() / 1000.0;
  }
}
