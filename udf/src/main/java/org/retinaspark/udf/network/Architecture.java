package org.retinaspark.udf.network;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.retinaspark.udf.detect.AnchorLevel;
import org.retinaspark.udf.detect.family.ClassOutput;
import org.retinaspark.udf.detect.family.MatchThresholds;
import org.retinaspark.udf.detect.family.PyTorchFamily;
import org.retinaspark.udf.detect.family.RetinaFaceFamily;
import org.retinaspark.udf.detect.family.Variances;

/**
 * What a network is, all but its numbers. Its feature pyramid has the levels that have anchors.
 *
 * @param backbone what turns the image into feature maps
 * @param anchors the levels, finest first, strides from 4 to 64, each double the one before
 * @param channels features a cell of each level, a multiple of 4
 * @param sampling where the 3x3 convolutions of pyramid and context modules look
 * @param heads whose weights the heads of a level are
 * @param stages context modules one behind the other, the second of which refines the boxes of the
 *     first: 1 or 2
 * @param meshes the dense heads of the last stage
 */
public record Architecture(
    Backbone backbone,
    List<AnchorLevel> anchors,
    int channels,
    Sampling sampling,
    HeadWeights heads,
    int stages,
    List<Mesh> meshes) {

  /** Anchors of the paper (section 4.2): sizes from 16, three a cell, 2^(1/3) apart. */
  private static final int PAPER_LEVELS = 5;

  private static final int PAPER_SIZES = 3;
  private static final int PAPER_STRIDE = 4;
  private static final int PAPER_SIZE = 16;
  private static final int PAPER_CHANNELS = 256;

  private static final int FINEST = 4;
  private static final int COARSEST = 64;
  private static final int MOST_CHANNELS = 4096;

  /** Of all meshes together: 1 GiB, which is as much as a model file may have. */
  private static final long MOST_MESH_NUMBERS = 1L << 28;

  /** Checks the values, and keeps unmodifiable lists. */
  public Architecture {
    anchors = List.copyOf(anchors);
    meshes = List.copyOf(meshes);
    checkLevels(anchors, heads);
    if (channels < 4 || channels % 4 != 0 || channels > MOST_CHANNELS) {
      throw new IllegalArgumentException(
          "a pyramid of %d channels: it has to be a multiple of 4 up to %d"
              .formatted(channels, MOST_CHANNELS));
    }
    if (stages != 1 && stages != 2) {
      throw new IllegalArgumentException("%d stages: a cascade has 1 or 2".formatted(stages));
    }
    // Its rules for levels and meshes hold for a network too.
    new RetinaFaceFamily(
        anchors,
        Variances.USUAL,
        List.of(MatchThresholds.FIRST_STAGE),
        meshes.stream().map(Mesh::topology).toList());
    checkMeshes(anchors, channels, heads, meshes);
  }

  private static void checkMeshes(
      List<AnchorLevel> anchors, int channels, HeadWeights heads, List<Mesh> meshes) {
    long sizes =
        anchors.stream()
            .limit(heads == HeadWeights.SHARED ? 1 : anchors.size())
            .mapToLong(level -> level.sizes().size())
            .sum();
    long numbers = meshes.stream().mapToLong(mesh -> mesh.numbers(sizes * channels)).sum();
    if (numbers > MOST_MESH_NUMBERS) {
      throw new IllegalArgumentException(
          "meshes of %d numbers: they can have %d at most, with fewer vertices or smaller bases"
              .formatted(numbers, MOST_MESH_NUMBERS));
    }
  }

  private static void checkLevels(List<AnchorLevel> anchors, HeadWeights heads) {
    int expected = anchors.isEmpty() ? 0 : anchors.get(0).stride();
    if (expected < FINEST || Integer.bitCount(expected) != 1) {
      throw new IllegalArgumentException("a pyramid begins at a stride of 4, 8, 16 or 32");
    }
    for (AnchorLevel level : anchors) {
      if (level.stride() != expected || expected > COARSEST || level.sizes().isEmpty()) {
        throw new IllegalArgumentException(
            "a pyramid of %s: strides double from level to level, up to %d, each with anchors"
                .formatted(anchors, COARSEST));
      }
      expected *= 2;
    }
    if (heads == HeadWeights.SHARED
        && anchors.stream().map(level -> level.sizes().size()).distinct().count() > 1) {
      throw new IllegalArgumentException(
          "one head can't serve levels of different numbers of anchors: %s".formatted(anchors));
    }
  }

  /** The network of biubug6/Pytorch_Retinaface ({@code models/retinaface.py}) on a backbone. */
  public static Architecture pytorch(Backbone backbone) {
    return new Architecture(
        backbone,
        new PyTorchFamily(ClassOutput.PROBABILITIES).anchors(),
        backbone.pyramidChannels(),
        Sampling.REGULAR,
        HeadWeights.PER_LEVEL,
        1,
        List.of());
  }

  /** The network of the paper (sections 3.2 and 4.2, figure 2) on a backbone. */
  public static Architecture paper(Backbone backbone, List<Mesh> meshes) {
    return new Architecture(
        backbone,
        paperAnchors(),
        PAPER_CHANNELS,
        Sampling.DEFORMABLE,
        HeadWeights.SHARED,
        2,
        meshes);
  }

  private static List<AnchorLevel> paperAnchors() {
    List<AnchorLevel> levels = new ArrayList<>();
    for (int level = 0; level < PAPER_LEVELS; level++) {
      List<Float> sizes = new ArrayList<>();
      for (int size = 0; size < PAPER_SIZES; size++) {
        double octaves = level + (double) size / PAPER_SIZES;
        sizes.add((float) (PAPER_SIZE * StrictMath.pow(2, octaves)));
      }
      levels.add(new AnchorLevel(PAPER_STRIDE << level, sizes));
    }
    return levels;
  }

  /** Strides of the levels, finest first. */
  List<Integer> strides() {
    return anchors.stream().map(AnchorLevel::stride).toList();
  }

  /** Whether it is a network of biubug6/Pytorch_Retinaface: anchors, one stage, no meshes. */
  public boolean isPyTorch() {
    return stages == 1
        && meshes.isEmpty()
        && anchors.equals(new PyTorchFamily(ClassOutput.PROBABILITIES).anchors());
  }

  /** How the outputs of any other network are decoded. */
  RetinaFaceFamily family() {
    List<MatchThresholds> match =
        List.of(MatchThresholds.FIRST_STAGE, MatchThresholds.SECOND_STAGE).subList(0, stages);
    return new RetinaFaceFamily(
        anchors, Variances.USUAL, match, meshes.stream().map(Mesh::topology).toList());
  }

  /** What it is, in a line. */
  public String text() {
    return "%s, %d levels of %d channels, %s context, %s%s, %d stage%s"
        .formatted(
            backbone.label(),
            anchors.size(),
            channels,
            sampling == Sampling.DEFORMABLE ? "deformable" : "regular",
            heads == HeadWeights.SHARED ? "shared heads" : "heads of each level",
            meshes.stream().map(mesh -> ", " + mesh.text()).collect(Collectors.joining()),
            stages,
            stages == 1 ? "" : "s");
  }
}
