package org.retinaspark.job.eval.spark;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.catalyst.InternalRow;
import org.retinaspark.job.eval.CocoCounts;
import org.retinaspark.job.eval.CocoEnvelope;
import org.retinaspark.job.eval.CocoMatching;
import org.retinaspark.job.eval.CocoMetrics;
import org.retinaspark.job.eval.Normalisation;
import scala.Tuple4;
import scala.Tuple5;

/**
 * COCO's metrics need all detections ranked by score, exactly. Images are matched where they lie; a
 * detection then is five numbers, which are sorted across the cluster: into ranges of scores, and
 * by score within a range. A pass counts each range, a second one walks each range from the counts
 * of those before it. Exact at any size: no range is ever collected, and counts are a few
 * kilobytes.
 *
 * <p>Equal scores rank by the image's place in the ground truth, then by their order in the image,
 * as in pycocotools when image ids follow the ground truth.
 */
final class CocoPass {

  private static final int RANKS = 10;

  private final Dataset<Tuple4<String, byte[], byte[], Integer>> images;
  private final List<String> subsets;
  private final Normalisation normalisation;
  private final int[] ranges;

  /**
   * A pass over images.
   *
   * @param scores detections by the first threshold that they reach, by which ranges are cut
   * @param parts how many ranges to cut, about
   */
  CocoPass(
      Dataset<Tuple4<String, byte[], byte[], Integer>> images,
      List<String> subsets,
      Normalisation normalisation,
      long[] scores,
      int parts) {
    this.images = images;
    this.subsets = subsets;
    this.normalisation = normalisation;
    this.ranges = ranges(scores, parts);
  }

  /** For each threshold the range of the scores that reach it first: about equal in size. */
  private static int[] ranges(long[] scores, int parts) {
    long total = 0;
    for (long count : scores) {
      total += count;
    }
    long size = Math.max(1, total / parts);
    int[] ranges = new int[scores.length];
    long filled = 0;
    int range = 0;
    for (int i = 0; i < scores.length; i++) {
      ranges[i] = range;
      filled += scores[i];
      if (filled >= size) {
        range++;
        filled = 0;
      }
    }
    return ranges;
  }

  /**
   * The metrics.
   *
   * @param faces the faces of each subset, then of all
   */
  List<CocoMetrics> metrics(long[] faces) {
    JavaRDD<InternalRow> ranked = ranked();
    CocoCounts none = new CocoCounts(subsets.size());
    Map<Integer, CocoCounts> totals =
        ranked.mapPartitions(new CountRanges(none)).reduce(new MergeRanges());
    Map<Integer, CocoCounts> before = new TreeMap<>();
    CocoCounts sum = none.copy();
    for (Map.Entry<Integer, CocoCounts> range : new TreeMap<>(totals).entrySet()) {
      before.put(range.getKey(), sum.copy());
      sum.merge(range.getValue());
    }
    CocoEnvelope envelope =
        ranked
            .mapPartitions(new WalkRanges(before, faces))
            .treeAggregate(new CocoEnvelope(faces), new MergeEnvelopes(), new MergeEnvelopes());
    List<String> names = new ArrayList<>(subsets);
    names.add("all");
    return envelope.result(names, sum);
  }

  private JavaRDD<InternalRow> ranked() {
    return images
        .flatMap(
            new Match(subsets.size(), normalisation, ranges),
            Encoders.tuple(
                Encoders.INT(),
                Encoders.DOUBLE(),
                Encoders.LONG(),
                Encoders.LONG(),
                Encoders.LONG()))
        .toDF("range", "score", "order", "hits", "others")
        .repartition(col("range"))
        // Ranges follow scores; the score first lets the sorter compare by its prefix alone.
        .sortWithinPartitions(col("score").desc(), col("order"))
        .queryExecution()
        .toRdd()
        .toJavaRDD();
  }

  private static final class Match
      implements FlatMapFunction<
          Tuple4<String, byte[], byte[], Integer>, Tuple5<Integer, Double, Long, Long, Long>> {

    private static final long serialVersionUID = 1L;

    private final int subsets;
    private final Normalisation normalisation;
    private final int[] ranges;

    Match(int subsets, Normalisation normalisation, int[] ranges) {
      this.subsets = subsets;
      this.normalisation = normalisation;
      this.ranges = ranges;
    }

    @Override
    public Iterator<Tuple5<Integer, Double, Long, Long, Long>> call(
        Tuple4<String, byte[], byte[], Integer> tuple) {
      PairedImage image = PairedImage.of(tuple);
      if (!image.known()) {
        return Collections.emptyIterator();
      }
      var truth = image.faces();
      CocoMatching.Outcome outcome = CocoMatching.match(truth, image.sound(), subsets);
      List<Tuple5<Integer, Double, Long, Long, Long>> rows = new ArrayList<>();
      for (int rank = 0; rank < outcome.scores().length; rank++) {
        double score = outcome.scores()[rank];
        rows.add(
            new Tuple5<>(
                ranges[normalisation.bin(score)],
                score,
                (long) truth.ordinal() << RANKS | rank,
                outcome.hits()[rank],
                outcome.others()[rank]));
      }
      return rows.iterator();
    }
  }

  private static int rank(InternalRow row) {
    return (int) (row.getLong(2) & ((1 << RANKS) - 1));
  }

  private static final class CountRanges
      implements FlatMapFunction<Iterator<InternalRow>, Map<Integer, CocoCounts>> {

    private static final long serialVersionUID = 1L;

    private final CocoCounts none;

    CountRanges(CocoCounts none) {
      this.none = none;
    }

    @Override
    public Iterator<Map<Integer, CocoCounts>> call(Iterator<InternalRow> rows) {
      Map<Integer, CocoCounts> counts = new TreeMap<>();
      while (rows.hasNext()) {
        InternalRow row = rows.next();
        counts
            .computeIfAbsent(row.getInt(0), range -> none.copy())
            .add(rank(row), row.getLong(3), row.getLong(4));
      }
      return List.of(counts).iterator();
    }
  }

  private static final class MergeRanges
      implements Function2<
          Map<Integer, CocoCounts>, Map<Integer, CocoCounts>, Map<Integer, CocoCounts>> {

    private static final long serialVersionUID = 1L;

    @Override
    public Map<Integer, CocoCounts> call(
        Map<Integer, CocoCounts> one, Map<Integer, CocoCounts> other) {
      other.forEach(
          (range, counts) ->
              one.merge(
                  range,
                  counts,
                  (mine, theirs) -> {
                    mine.merge(theirs);
                    return mine;
                  }));
      return one;
    }
  }

  private static final class WalkRanges
      implements FlatMapFunction<Iterator<InternalRow>, CocoEnvelope> {

    private static final long serialVersionUID = 1L;

    private final Map<Integer, CocoCounts> before;
    private final long[] faces;

    WalkRanges(Map<Integer, CocoCounts> before, long[] faces) {
      this.before = before;
      this.faces = faces;
    }

    @Override
    public Iterator<CocoEnvelope> call(Iterator<InternalRow> rows) {
      CocoEnvelope envelope = new CocoEnvelope(faces);
      Map<Integer, CocoCounts> running = new TreeMap<>();
      while (rows.hasNext()) {
        InternalRow row = rows.next();
        CocoCounts counts =
            running.computeIfAbsent(
                row.getInt(0),
                range -> {
                  CocoCounts start = before.get(range);
                  return start == null ? new CocoCounts(faces.length - 1) : start.copy();
                });
        envelope.update(counts, rank(row), row.getLong(3), row.getLong(4));
      }
      return List.of(envelope).iterator();
    }
  }

  private static final class MergeEnvelopes
      implements Function2<CocoEnvelope, CocoEnvelope, CocoEnvelope> {

    private static final long serialVersionUID = 1L;

    @Override
    public CocoEnvelope call(CocoEnvelope one, CocoEnvelope other) {
      one.merge(other);
      return one;
    }
  }
}
