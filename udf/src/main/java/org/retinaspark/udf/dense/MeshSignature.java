package org.retinaspark.udf.dense;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.retinaspark.udf.graph.Graph;
import org.retinaspark.udf.graph.InputNormalisation;
import org.retinaspark.udf.graph.TensorSignature;
import org.retinaspark.udf.input.ChannelOrder;
import org.retinaspark.udf.input.InputFormat;

/** What a family's networks look like from outside, and what they want of an image. */
enum MeshSignature {
  /**
   * The crop is MediaPipe's ({@code face_landmark_cpu.pbtxt}: turned by the line of the eyes,
   * values from 0 to 1, black around the image), but for its side: MediaPipe widens the box of the
   * mesh by 1.5, which is smaller than a RetinaFace's; 1.3 of that measured best, see
   * docs/meshes.md.
   */
  FACE_MESH(
      192,
      1.3,
      CropRecipe.Turn.EYES,
      FaceMeshFamily.VALUES,
      "[batch, 3, 192, 192] to 1404 numbers, and a score") {
    @Override
    MeshFamily family(Graph graph, List<TensorSignature> outputs) {
      if (outputs.size() == 1) {
        return new FaceMeshFamily(ScoreOutput.NONE);
      }
      boolean sigmoid = SIGMOID.contains(graph.operatorBehind(outputs.get(1).name()));
      return new FaceMeshFamily(sigmoid ? ScoreOutput.PROBABILITY : ScoreOutput.LOGIT);
    }

    @Override
    InputFormat format(InputNormalisation inside) {
      return inside.rescales() ? PIXELS : UNIT;
    }

    @Override
    boolean mayHaveScore() {
      return true;
    }
  },
  /**
   * The crop is InsightFace's ({@code landmark.py}, {@code Landmark.get}: 1.5 longer sides of the
   * box, not turned; {@code Landmark.__init__}: (RGB - 127.5) / 128 unless the graph begins with a
   * normalisation of its own).
   */
  DENSE_68(
      192,
      1.5,
      CropRecipe.Turn.NONE,
      Dense68Family.VALUES,
      "[batch, 3, 192, 192] to 3309 numbers") {
    @Override
    MeshFamily family(Graph graph, List<TensorSignature> outputs) {
      return new Dense68Family();
    }

    @Override
    InputFormat format(InputNormalisation inside) {
      return inside.isNone() ? CENTRED : PIXELS;
    }
  },
  /**
   * The file doesn't say what it was trained on: the crop is the one by which it is nearest to the
   * labels of AFLW2000-3D; see docs/meshes.md.
   */
  POINTS_68(
      112, 1, CropRecipe.Turn.NONE, Points68Family.VALUES, "[batch, 3, 112, 112] to 136 numbers") {
    @Override
    MeshFamily family(Graph graph, List<TensorSignature> outputs) {
      return new Points68Family();
    }

    @Override
    InputFormat format(InputNormalisation inside) {
      return inside.rescales() ? PIXELS : UNIT;
    }
  };

  static final List<MeshSignature> KNOWN = List.of(values());

  private static final Set<String> SIGMOID = Set.of("Sigmoid", "HardSigmoid");
  private static final List<Float> NO_MEAN = List.of(0f, 0f, 0f);
  private static final InputFormat PIXELS = new InputFormat(ChannelOrder.RGB, NO_MEAN, 1);
  private static final InputFormat UNIT = new InputFormat(ChannelOrder.RGB, NO_MEAN, 1 / 255f);
  private static final InputFormat CENTRED =
      new InputFormat(ChannelOrder.RGB, List.of(127.5f, 127.5f, 127.5f), 1 / 128f);

  private final int pixels;
  private final double scale;
  private final CropRecipe.Turn turn;
  private final long values;
  private final String shapes;

  MeshSignature(int pixels, double scale, CropRecipe.Turn turn, long values, String shapes) {
    this.pixels = pixels;
    this.scale = scale;
    this.turn = turn;
    this.values = values;
    this.shapes = shapes;
  }

  /** The family, with what this file's graph says. */
  abstract MeshFamily family(Graph graph, List<TensorSignature> outputs);

  /** How the input is made, by what the graph does with it itself; in planes. */
  abstract InputFormat format(InputNormalisation inside);

  /** Whether a second output of one number is the score. */
  boolean mayHaveScore() {
    return false;
  }

  CropRecipe crop() {
    return new CropRecipe(pixels, scale, turn);
  }

  /** The outputs in the family's order: points, then score; none if they aren't the family's. */
  List<TensorSignature> ordered(CropInput input, List<TensorSignature> outputs) {
    List<TensorSignature> ordered = new ArrayList<>();
    if (input.pixels() != pixels || !outputs.stream().allMatch(TensorSignature::isFloat)) {
      return ordered;
    }
    outputs.stream().filter(output -> input.values(output) == values).forEach(ordered::add);
    if (mayHaveScore()) {
      outputs.stream().filter(output -> input.values(output) == 1).forEach(ordered::add);
    }
    boolean whole = ordered.size() == outputs.size() && outputs.size() <= (mayHaveScore() ? 2 : 1);
    return whole && input.values(ordered.get(0)) == values ? ordered : List.of();
  }

  /** One line a family, each with its end. */
  static String understood() {
    return KNOWN.stream()
        .map(known -> "  %-10s%s%n".formatted(known.word(), known.shapes))
        .collect(Collectors.joining());
  }

  private String word() {
    return switch (this) {
      case FACE_MESH -> FaceMeshFamily.NAME;
      case DENSE_68 -> Dense68Family.NAME;
      case POINTS_68 -> Points68Family.NAME;
    };
  }
}
