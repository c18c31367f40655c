package org.retinaspark.udf.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.retinaspark.udf.detect.family.CenterFaceFamily;
import org.retinaspark.udf.detect.family.ClassOutput;
import org.retinaspark.udf.detect.family.InsightFaceFamily;
import org.retinaspark.udf.detect.family.PyTorchFamily;
import org.retinaspark.udf.detect.family.ScrfdFamily;
import org.retinaspark.udf.detect.family.YunetFamily;

/** What is seen in the mirror is where it is in the image. */
final class MirrorTest {

  private static final int HEIGHT = 400;

  @Property
  void mirroredFaceMapsBackToTheFace(
      @ForAll("faces") Face face,
      @ForAll @IntRange(min = 1, max = 2000) int width,
      @ForAll @IntRange(min = 1, max = 1280) int contentWidth,
      @ForAll @IntRange(max = 1) int edge) {
    Face same = mapped(face, edge, placement(width, contentWidth, Flip.NONE));
    Face back =
        mapped(
            inTheMirror(face, contentWidth - edge),
            edge,
            placement(width, contentWidth, Flip.HORIZONTAL));
    Offset<Float> rounding = within(1e-3f * Math.max(1, (float) width / contentWidth));
    assertThat(back.score()).isEqualTo(same.score());
    assertThat(back.box().x1()).isCloseTo(same.box().x1(), rounding);
    assertThat(back.box().x2()).isCloseTo(same.box().x2(), rounding);
    assertThat(back.box().y1()).isEqualTo(same.box().y1());
    assertThat(back.box().y2()).isEqualTo(same.box().y2());
    for (int point = 0; point < same.landmarks().size(); point++) {
      assertThat(back.landmarks().get(point).x())
          .isCloseTo(same.landmarks().get(point).x(), rounding);
      assertThat(back.landmarks().get(point).y()).isEqualTo(same.landmarks().get(point).y());
    }
  }

  @Example
  void columnsOfContinuousCoordinatesAndOfPixelsAreToldApart() {
    Placement mirrored = placement(200, 100, Flip.HORIZONTAL);
    Face face = new Face(0.5f, new Box(0, 10, 30, 40), List.of());
    Candidates continuous = new Candidates(new Mirror(0, List.of()));
    continuous.add(mirrored, face.score(), face.box());
    assertThat(continuous.face(0).box()).isEqualTo(new Box(140, 10, 200, 40));
    Candidates pixels = new Candidates(new Mirror(1, List.of()));
    pixels.add(mirrored, face.score(), face.box());
    assertThat(pixels.face(0).box()).isEqualTo(new Box(138, 10, 198, 40));
  }

  @Example
  void leftAndRightChangePlacesInEveryFamilyWithLandmarks() {
    List<Family> families =
        List.of(
            new PyTorchFamily(ClassOutput.PROBABILITIES),
            new InsightFaceFamily(InsightFaceFamily.LANDMARK_SCALE_V1),
            new ScrfdFamily(5),
            new YunetFamily(),
            new CenterFaceFamily());
    for (Family family : families) {
      List<Integer> order = family.mirror().landmarks();
      assertThat(order).containsExactly(1, 0, 2, 4, 3);
    }
    assertThat(new ScrfdFamily(0).mirror().landmarks()).isEmpty();
  }

  /** A face as a network sees it in the mirrored input: its left eye is the one to the left. */
  private static Face inTheMirror(Face face, float last) {
    Box box = face.box();
    List<Point> swapped = new ArrayList<>();
    for (int point : List.of(1, 0, 2, 4, 3)) {
      Point place = face.landmarks().get(point);
      swapped.add(new Point(last - place.x(), place.y()));
    }
    return new Face(
        face.score(), new Box(last - box.x2(), box.y1(), last - box.x1(), box.y2()), swapped);
  }

  private static Face mapped(Face face, int edge, Placement placement) {
    Candidates candidates = new Candidates(new Mirror(edge, Mirror.FIVE_LANDMARKS));
    candidates.add(placement, face.score(), face.box());
    for (int point = 0; point < face.landmarks().size(); point++) {
      candidates.landmark(placement, point, face.landmarks().get(point));
    }
    return candidates.face(0);
  }

  private static Placement placement(int width, int contentWidth, Flip flip) {
    return new Placement(width, HEIGHT, contentWidth, HEIGHT, 1280, HEIGHT, flip);
  }

  @Provide
  Arbitrary<Face> faces() {
    Arbitrary<Float> places = Arbitraries.floats().between(-20, 1300);
    Arbitrary<Box> boxes =
        Combinators.combine(places, places, places, places)
            .as((x, y, width, height) -> new Box(x, y, x + Math.abs(width), y + Math.abs(height)));
    Arbitrary<List<Point>> landmarks =
        Combinators.combine(places, places).as(Point::new).list().ofSize(5);
    return Combinators.combine(Arbitraries.floats().between(0, 1), boxes, landmarks).as(Face::new);
  }
}
