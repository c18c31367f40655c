package org.retinaspark.io.labels;

import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.retinaspark.io.GroundTruthException;
import scala.Tuple2;

/**
 * Which photos have labels.
 *
 * @param photos all of them
 * @param labelled those with labels, of no face perhaps
 * @param missing labelled images without a photo
 */
public record LabelPairing(long photos, long labelled, long missing) {

  /** Photos that nobody has labelled: nothing is known of them, so they are no background. */
  public long unlabelled() {
    return photos - labelled;
  }

  /**
   * Pairs photos with labels.
   *
   * @param photos keys in a table of ours, each once
   * @throws GroundTruthException if no photo is labelled, if labels of several images fit one, or
   *     if those of one image fit two
   */
  public static LabelPairing of(JavaRDD<String> photos, LabelBoxes labels) {
    Broadcast<LabelBoxes> boxes =
        JavaSparkContext.fromSparkContext(photos.context()).broadcast(labels);
    JavaPairRDD<Integer, PairedPhotos> found =
        photos
            .mapToPair(photo -> new Tuple2<>(boxes.value().find(photo), new PairedPhotos(photo)))
            .reduceByKey(PairedPhotos::and);
    Stream<Tuple2<Integer, PairedPhotos>> wrong =
        found.filter(pair -> pair._1() == LabelBoxes.AMBIGUOUS || isDouble(pair)).take(1).stream();
    wrong.forEach(pair -> refuse(pair, labels));
    long unlabelled =
        found.lookup(LabelBoxes.UNLABELLED).stream().mapToLong(PairedPhotos::count).sum();
    long labelled = found.filter(pair -> pair._1() >= 0).count();
    if (labelled == 0) {
      throw new GroundTruthException(
          "none of the %d photos, such as %s, is one of the %d labelled images, such as %s: nothing was done. Keys are the same but for folders before them; check --input and --labels"
              .formatted(
                  unlabelled,
                  found.values().map(PairedPhotos::first).take(1),
                  labels.images(),
                  labels.images() == 0 ? "none" : labels.key(0)));
    }
    return new LabelPairing(labelled + unlabelled, labelled, labels.images() - labelled);
  }

  private static boolean isDouble(Tuple2<Integer, PairedPhotos> pair) {
    return pair._1() >= 0 && pair._2().count() > 1;
  }

  private static void refuse(Tuple2<Integer, PairedPhotos> pair, LabelBoxes labels) {
    PairedPhotos photos = pair._2();
    if (pair._1() == LabelBoxes.AMBIGUOUS) {
      throw LabelBoxes.ambiguous(photos.first());
    }
    throw new GroundTruthException(
        "the labels of image %s fit %d photos, %s among them: nothing was done, since nobody knows whose they are. Give --input the folder of the labelled photos alone, or name images by longer paths"
            .formatted(
                labels.key(pair._1()), photos.count(), List.of(photos.first(), photos.last())));
  }
}
