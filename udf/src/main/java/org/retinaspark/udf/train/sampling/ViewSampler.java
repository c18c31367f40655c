package org.retinaspark.udf.train.sampling;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.retinaspark.udf.detect.AnchorLevel;
import org.retinaspark.udf.detect.Placement;
import org.retinaspark.udf.detect.family.AnchorFamily;
import org.retinaspark.udf.heads.LinearHead;
import org.retinaspark.udf.train.matching.AnchorMatching;
import org.retinaspark.udf.train.matching.AnchorPlace;
import org.retinaspark.udf.train.matching.LabelledBox;
import org.retinaspark.udf.train.matching.Matches;
import org.retinaspark.udf.train.matching.References;
import org.retinaspark.udf.train.view.TrainingView;
import org.retinaspark.udf.train.view.ViewSeed;

/**
 * Takes the samples of one view of an image: positives, the anchors that matching calls a face, and
 * negatives, of those that it calls background the hardest and some by chance. Stateless, so that
 * all threads of an executor share one.
 */
public final class ViewSampler {

  private final SamplingPlan plan;
  private final AnchorFamily family;

  /**
   * Samples by a plan.
   *
   * @param family of the network, whose last stage's heads the samples are for
   */
  public ViewSampler(SamplingPlan plan, AnchorFamily family) {
    this.plan = plan;
    this.family = family;
  }

  /**
   * The samples of a view, in the order of its anchors.
   *
   * @param image the image's key
   * @param faces those of the image, in its frame
   * @param outputs what the network said of the view: the outputs of its family, then the feature
   *     maps, finest first; not used any more after the call
   * @throws org.retinaspark.udf.detect.InvalidOutputException if they can't be those of the family,
   *     or a number of theirs isn't finite
   */
  public List<AnchorSample> samples(
      String image, TrainingView view, List<LabelledBox> faces, List<FloatBuffer> outputs) {
    List<AnchorLevel> levels = family.anchors();
    Placement input = view.placement();
    FeatureMaps maps =
        new FeatureMaps(
            levels, input, outputs.subList(outputs.size() - levels.size(), outputs.size()));
    References references = references(input, outputs);
    int last = family.stages().size() - 1;
    Matches matches =
        AnchorMatching.by(family.stages().get(last)).match(references, view.seen(faces));
    BitSet positives = positives(matches);
    // By anchor, how many it stands for; 0 where it isn't taken.
    float[] weights = new float[matches.count()];
    hardest(matches, maps, plan.counts().hardest(positives.cardinality()))
        .forEach(index -> weights[index] = 1);
    if (plan.wanted() == WantedSamples.ALL) {
      drawNegatives(new ViewSeed(plan.seed(), image, view.number()), matches, maps, weights);
      positives.stream().forEach(index -> weights[index] = 1);
    }
    List<AnchorSample> samples = new ArrayList<>();
    for (int index = 0; index < weights.length; index++) {
      if (weights[index] > 0) {
        AnchorPlace place = references.place(index);
        samples.add(
            new AnchorSample(
                view.number(),
                view.isMirrored(),
                place,
                view.inImage(references.anchor(index)),
                matches.face(index),
                matches.intersectionOverUnion(index),
                weights[index],
                maps.at(place)));
      }
    }
    return samples;
  }

  /** What the last stage tells its boxes relative to. */
  private References references(Placement input, List<FloatBuffer> outputs) {
    References anchors = References.anchors(family, input.tensorWidth(), input.tensorHeight());
    return family.stages().size() == 1 ? anchors : anchors.refined(family.coder(), outputs.get(0));
  }

  /** Of each face the anchors that match it best. */
  private BitSet positives(Matches matches) {
    Map<Integer, BestAnchors> faces = new HashMap<>();
    for (int index = 0; index < matches.count(); index++) {
      if (matches.face(index) >= 0) {
        faces
            .computeIfAbsent(
                matches.face(index), face -> new BestAnchors(plan.counts().positivesAFace()))
            .offer(index, matches.intersectionOverUnion(index));
      }
    }
    BitSet positives = new BitSet();
    faces.values().forEach(anchors -> anchors.forEach(positives::set));
    return positives;
  }

  /**
   * Takes negatives of each level and size by chance. Together they stand for all that aren't taken
   * as hard, so that sums over samples estimate those over all anchors of the view, and scores of
   * different levels mean the same.
   */
  private void drawNegatives(ViewSeed seed, Matches matches, FeatureMaps maps, float[] weights) {
    long salt = seed.random().nextLong();
    int first = 0;
    for (int level = 0; level < family.anchors().size(); level++) {
      int sizes = family.anchors().get(level).sizes().size();
      int end = first + maps.cells(level) * sizes;
      for (int size = 0; size < sizes; size++) {
        BestAnchors drawn = new BestAnchors(plan.counts().randomASize());
        int negatives = 0;
        for (int index = first + size; index < end; index += sizes) {
          if (matches.face(index) == Matches.NEGATIVE && weights[index] == 0) {
            drawn.offer(index, rank(salt, index));
            negatives++;
          }
        }
        float weight = drawn.size() == 0 ? 0 : (float) negatives / drawn.size();
        drawn.forEach(index -> weights[index] = weight);
      }
      first = end;
    }
  }

  /** The negatives that the miner takes for faces most of all; none without a miner. */
  private BestAnchors hardest(Matches matches, FeatureMaps maps, int count) {
    LinearHead miner = plan.miner();
    BestAnchors hardest = new BestAnchors(miner == null ? 0 : count);
    int index = 0;
    for (int level = 0; miner != null && level < family.anchors().size(); level++) {
      float[][] margins = maps.margins(level, miner);
      for (int cell = 0; cell < maps.cells(level); cell++) {
        for (float[] margin : margins) {
          if (matches.face(index) == Matches.NEGATIVE) {
            hardest.offer(index, margin[cell]);
          }
          index++;
        }
      }
    }
    return hardest;
  }

  /**
   * A number by chance, the same for an anchor of a view whatever else there is: SplitMix64 (Steele
   * et al., "Fast splittable pseudorandom number generators", OOPSLA 2014) at a place of its
   * sequence.
   */
  private static int rank(long salt, int index) {
    long state = salt + index * 0x9e37_79b9_7f4a_7c15L;
    state = (state ^ state >>> 30) * 0xbf58_476d_1ce4_e5b9L;
    state = (state ^ state >>> 27) * 0x94d0_49bb_1331_11ebL;
    return (int) (state ^ state >>> 31);
  }
}
