package org.retinaspark.udf.detect.family;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.retinaspark.udf.detect.AnchorLevel;
import org.retinaspark.udf.detect.Candidates;
import org.retinaspark.udf.detect.MeshTopology;
import org.retinaspark.udf.detect.Mirror;
import org.retinaspark.udf.detect.NetworkOutput;

/**
 * RetinaFace as the paper has it (Deng et al., CVPR 2020, sections 3.1 and 3.2), any number of
 * levels, sizes, stages and meshes. Outputs, in this order:
 *
 * <ol>
 *   <li>{@code boxes1 [batch, anchors, 4]}: the first stage's boxes, relative to the anchors;
 *   <li>with two stages {@code boxes2 [batch, anchors, 4]}: those of the second, relative to the
 *       boxes that the first made;
 *   <li>{@code classes [batch, anchors, 2]}: probabilities of background and face by the last
 *       stage, whose boxes are the ones that are used;
 *   <li>{@code landmarks [batch, anchors, 10]}: by the last stage, relative to what its boxes are
 *       relative to: with two stages to the boxes of the first;
 *   <li>with meshes {@code mesh_anchors [batch, rows]}: of which anchors the rows of the meshes
 *       are, and for each mesh {@code [batch, rows, values]}: x, y, z of each vertex, or the
 *       coefficients of its basis ({@link MeshCode}). Other anchors have no mesh.
 * </ol>
 *
 * <p>Anchors are squares. A level has ceil(height / stride) x ceil(width / stride) cells, centres
 * at (cell + 0.5) * stride; anchors are ordered by level, row, column, size. A box is its centre
 * and the logarithms of its sides against what it is relative to ({@link Variances}), coordinates
 * being continuous. As in the paper, and in {@code retinaface.py} of InsightFace for networks of
 * two stages, the second regresses from the first stage's boxes, and its scores are the ones that
 * count. InsightFace's own cascades give landmarks by the first stage, relative to the anchors; the
 * paper has all tasks in the second, which is what this family follows. Boxes are not clipped.
 *
 * @param anchors the levels, finest first
 * @param variances of both stages
 * @param stages for each stage, one or two, which anchors it was trained on
 * @param meshes in the order of their outputs
 * @param code how they are told
 */
public record RetinaFaceFamily(
    List<AnchorLevel> anchors,
    Variances variances,
    List<MatchThresholds> stages,
    List<MeshTopology> meshes,
    MeshCode code)
    implements AnchorFamily {

  /** The family's {@link #name}. */
  public static final String NAME = "retinaface";

  private static final int MOST_LEVELS = 8;
  private static final int MOST_SIZES = 16;
  private static final int COARSEST = 1024;
  private static final float LARGEST = 65_536;
  private static final int MOST_MESHES = 8;

  private static final Mirror MIRROR = new Mirror(0, Mirror.FIVE_LANDMARKS);

  /**
   * Checks the values, and keeps unmodifiable lists.
   *
   * @throws IllegalArgumentException naming the value that can't be meant, and what it must be
   */
  public RetinaFaceFamily {
    anchors = List.copyOf(anchors);
    stages = List.copyOf(stages);
    meshes = List.copyOf(meshes);
    requireLevels(anchors);
    if (stages.isEmpty() || stages.size() > 2) {
      throw new IllegalArgumentException(
          "there are %d stages, but must be 1 or 2".formatted(stages.size()));
    }
    requireMeshes(meshes);
    requireBases(meshes, code);
  }

  /** One that tells vertices themselves, relative to what landmarks are. */
  public RetinaFaceFamily(
      List<AnchorLevel> anchors,
      Variances variances,
      List<MatchThresholds> stages,
      List<MeshTopology> meshes) {
    this(anchors, variances, stages, meshes, MeshCode.DIRECT);
  }

  /** The same with meshes told in another way. */
  public RetinaFaceFamily with(List<MeshTopology> others, MeshCode otherCode) {
    return new RetinaFaceFamily(anchors, variances, stages, others, otherCode);
  }

  private static void requireBases(List<MeshTopology> meshes, MeshCode code) {
    for (MeshTopology mesh : meshes) {
      MeshBasis basis = code.bases().get(mesh.name());
      if (basis != null && basis.mean().length != mesh.vertices() * MeshTopology.AXES) {
        throw new IllegalArgumentException(
            "mesh '%s' has %d vertices, but the mean of its basis %d numbers"
                .formatted(mesh.name(), mesh.vertices(), basis.mean().length));
      }
    }
  }

  static void requireLevels(List<AnchorLevel> anchors) {
    boolean valid = !anchors.isEmpty() && anchors.size() <= MOST_LEVELS;
    int finer = 0;
    for (AnchorLevel level : anchors) {
      valid &= level.stride() > finer && level.stride() <= COARSEST;
      valid &= !level.sizes().isEmpty() && level.sizes().size() <= MOST_SIZES;
      valid &= level.sizes().stream().allMatch(size -> size > 0 && size <= LARGEST);
      finer = level.stride();
    }
    if (!valid) {
      throw new IllegalArgumentException(
          ("the anchors must have 1 to %d levels of rising strides up to %d, each with 1 to %d"
                  + " sizes above 0 and up to %.0f")
              .formatted(MOST_LEVELS, COARSEST, MOST_SIZES, LARGEST));
    }
  }

  static void requireMeshes(List<MeshTopology> meshes) {
    Set<String> names = meshes.stream().map(MeshTopology::name).collect(Collectors.toSet());
    if (meshes.size() > MOST_MESHES || names.size() < meshes.size()) {
      throw new IllegalArgumentException(
          "the meshes must be at most %d, each with a name of its own".formatted(MOST_MESHES));
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Mirror mirror() {
    return MIRROR;
  }

  @Override
  public BoxCoder coder() {
    return BoxCoder.of(variances);
  }

  @Override
  public boolean averagesMeshes() {
    return code.isLinear();
  }

  /** Whether a second stage refines the boxes of the first. */
  public boolean isCascade() {
    return stages.size() == 2;
  }

  @Override
  public void decode(NetworkOutput output, float scoreThreshold, Candidates candidates) {
    RetinaFaceOutput faces = new RetinaFaceOutput(this, output);
    int index = 0;
    for (AnchorLevel level : anchors) {
      int rows = level.cells(output.placement().tensorHeight());
      int columns = level.cells(output.placement().tensorWidth());
      for (int row = 0; row < rows; row++) {
        float y = (row + 0.5f) * level.stride();
        for (int column = 0; column < columns; column++) {
          float x = (column + 0.5f) * level.stride();
          for (float size : level.sizes()) {
            if (faces.score(index) > scoreThreshold) {
              faces.decode(index, new Anchor(x, y, size), candidates);
            }
            index++;
          }
        }
      }
    }
  }
}
