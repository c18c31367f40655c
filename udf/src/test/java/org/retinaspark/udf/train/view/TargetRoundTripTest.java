package org.retinaspark.udf.train.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import org.retinaspark.udf.detect.AnchorLevel;
import org.retinaspark.udf.detect.Detector;
import org.retinaspark.udf.detect.Face;
import org.retinaspark.udf.detect.Flip;
import org.retinaspark.udf.detect.InputRule;
import org.retinaspark.udf.detect.InputSize;
import org.retinaspark.udf.detect.MeshTopology;
import org.retinaspark.udf.detect.NetworkOutput;
import org.retinaspark.udf.detect.NonMaximumSuppression;
import org.retinaspark.udf.detect.Placement;
import org.retinaspark.udf.detect.Protocol;
import org.retinaspark.udf.detect.Scale;
import org.retinaspark.udf.detect.Thresholds;
import org.retinaspark.udf.detect.family.Anchor;
import org.retinaspark.udf.detect.family.MatchThresholds;
import org.retinaspark.udf.detect.family.RetinaFaceFamily;
import org.retinaspark.udf.detect.family.Variances;
import org.retinaspark.udf.train.matching.References;
import org.retinaspark.udf.train.matching.TargetCoder;

/** A network that says exactly the targets shows {@code detect} exactly the labels. */
class TargetRoundTripTest {

  private static final InputSize ANY = new InputSize(1, InputSize.DYNAMIC, InputSize.DYNAMIC, 32);
  private static final int WIDTH = 173;
  private static final int HEIGHT = 131;

  /** Two vertices that are each other's mirror image, and one that is its own. */
  private static final MeshTopology THREE = new MeshTopology("Three", 3, List.of(1, 0, 2));

  private static final List<AnchorLevel> LEVELS =
      List.of(new AnchorLevel(8, List.of(16f, 32f)), new AnchorLevel(16, List.of(64f)));

  @Property(tries = 100)
  void whatIsEncodedIsDetected(
      @ForAll Flip flip,
      @ForAll @FloatRange(min = 0.3f, max = 2) float scale,
      @ForAll @FloatRange(min = 0, max = 0.99f) float where,
      @ForAll @FloatRange(min = -20, max = 150) float x,
      @ForAll @FloatRange(min = -20, max = 120) float y,
      @ForAll @FloatRange(min = 3, max = 200) float width,
      @ForAll @FloatRange(min = 3, max = 200) float height) {
    for (List<MatchThresholds> stages :
        List.of(
            List.of(MatchThresholds.ONE_STAGE),
            List.of(MatchThresholds.FIRST_STAGE, MatchThresholds.SECOND_STAGE))) {
      RetinaFaceFamily family =
          new RetinaFaceFamily(LEVELS, Variances.USUAL, stages, List.of(THREE));
      float[] box = {x, y, x + width, y + height};
      float[] landmarks = new float[10];
      float[] mesh = new float[9];
      for (int value = 0; value < 10; value++) {
        landmarks[value] = x + value * value;
        mesh[Math.min(value, 8)] = y - value * width / 10;
      }
      Face face = detected(family, flip, scale, where, box, landmarks, mesh);
      float[] found = {face.box().x1(), face.box().y1(), face.box().x2(), face.box().y2()};
      float[] points = new float[10];
      for (int point = 0; point < 5; point++) {
        points[point * 2] = face.landmarks().get(point).x();
        points[point * 2 + 1] = face.landmarks().get(point).y();
      }
      assertThat(found).containsExactly(box, within(0.02f));
      assertThat(points).containsExactly(landmarks, within(0.02f));
      assertThat(face.meshes().get(0).vertices()).containsExactly(mesh, within(0.02f));
    }
  }

  private static Face detected(
      RetinaFaceFamily family,
      Flip flip,
      float scale,
      float where,
      float[] box,
      float[] landmarks,
      float[] mesh) {
    InputRule rule = new InputRule(new Scale.Multiple(new Scale.Original(), scale), flip);
    Placement placement = rule.placement(WIDTH, HEIGHT, ANY);
    TrainingView view =
        new TrainingView(0, ImagePart.whole(WIDTH, HEIGHT), placement, ColourDistortion.NONE);
    References anchors =
        References.anchors(family, placement.tensorWidth(), placement.tensorHeight());
    int anchor = (int) (where * anchors.count());
    List<FloatBuffer> outputs = new ArrayList<>();
    float[] first = {0.7f, -1.1f, 0.4f, 0.6f};
    References references = anchors;
    if (family.isCascade()) {
      FloatBuffer boxes = row(anchors, anchor, first);
      outputs.add(boxes);
      references = anchors.refined(family.coder(), boxes);
    }
    Anchor reference = view.inImage(references.anchor(anchor));
    TargetCoder targets = new TargetCoder(family.coder());
    outputs.add(row(anchors, anchor, targets.box(reference, flip, box)));
    outputs.add(row(anchors, anchor, new float[] {0.1f, 0.9f}));
    outputs.add(row(anchors, anchor, targets.landmarks(reference, flip, landmarks)));
    outputs.add(FloatBuffer.wrap(new float[] {anchor}));
    outputs.add(FloatBuffer.wrap(targets.mesh(reference, flip, THREE, mesh)));
    Detector detector =
        new Detector(
            family,
            ANY,
            new Protocol("one", List.of(rule), new NonMaximumSuppression()),
            new Thresholds(0.5f, 0.4f, 10, 10, 0));
    return detector
        .faces(List.of(detector.candidates(new NetworkOutput(placement, outputs))))
        .get(0);
  }

  private static FloatBuffer row(References anchors, int anchor, float[] values) {
    float[] all = new float[anchors.count() * values.length];
    System.arraycopy(values, 0, all, anchor * values.length, values.length);
    return FloatBuffer.wrap(all);
  }

  /** Anchors lie where the families' decoding has them, in its order. */
  @Example
  void anchorsAreNumberedByLevelRowColumnSize() {
    RetinaFaceFamily family =
        new RetinaFaceFamily(
            LEVELS, Variances.USUAL, List.of(MatchThresholds.ONE_STAGE), List.of());
    References anchors = References.anchors(family, 33, 17);
    int fine = 5 * 3 * 2;
    assertThat(anchors.count()).isEqualTo(fine + 3 * 2);
    assertThat(anchors.anchor(2 * (5 + 3) + 1)).isEqualTo(new Anchor(28, 12, 32));
    assertThat(anchors.place(2 * (5 + 3) + 1).toString())
        .isEqualTo("AnchorPlace[level=0, row=1, column=3, size=1]");
    assertThat(anchors.anchor(fine + 4)).isEqualTo(new Anchor(24, 24, 64));
    assertThat(anchors.place(fine + 4).toString())
        .isEqualTo("AnchorPlace[level=1, row=1, column=1, size=0]");
  }
}
