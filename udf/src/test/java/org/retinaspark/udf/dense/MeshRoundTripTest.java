package org.retinaspark.udf.dense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.lifecycle.AfterContainer;
import org.retinaspark.udf.detect.Box;
import org.retinaspark.udf.detect.Face;
import org.retinaspark.udf.detect.Point;
import org.retinaspark.udf.image.Pixels;
import org.retinaspark.udf.pipeline.ImageResult;
import org.retinaspark.udf.pipeline.StationTrial;
import org.retinaspark.udf.runtime.Batching;

/** From the image into the crop and back, through networks whose answers are known. */
class MeshRoundTripTest {

  private static final int WIDTH = 256;
  private static final int HEIGHT = 200;

  private static final MeshLimits ALL = new MeshLimits(0, 0);
  private static final StationTrial LEVELS =
      new StationTrial(MeshStationTest.factory(MeshNetworks.levels(), ALL), Batching.DEFAULT);
  private static final StationTrial CONSTANT =
      new StationTrial(MeshStationTest.factory(MeshNetworks.faceMesh("1"), ALL), Batching.DEFAULT);

  @AfterContainer
  static void close() {
    LEVELS.close();
    CONSTANT.close();
  }

  /**
   * Pixels whose levels are their column and their row: what the network sees at a place of the
   * crop says which place of the image that is, and it must be the place that is told.
   */
  @Property(tries = 50)
  void whatIsSeenInACropIsWhereItIsInTheImage(
      @ForAll @DoubleRange(min = -20, max = WIDTH + 20) double x,
      @ForAll @DoubleRange(min = -20, max = HEIGHT + 20) double y,
      @ForAll @DoubleRange(min = 60, max = 500) double side,
      @ForAll @DoubleRange(min = -180, max = 180) double degrees)
      throws InterruptedException {
    Face face = face(x, y, side, side * 0.8, degrees);

    ImageResult result = LEVELS.results(StationTrial.image(ramps(), List.of(face))).get(0);

    check(MeshStationTest.mesh(result).vertices().get(0), side, 1);
  }

  /** Of a frame of three times the size only these pixels were decoded. */
  @Property(tries = 50)
  void coordinatesAreTheFramesThoughFewerPixelsWereDecoded(
      @ForAll @DoubleRange(min = 0, max = 3 * WIDTH) double x,
      @ForAll @DoubleRange(min = 0, max = 3 * HEIGHT) double y,
      @ForAll @DoubleRange(min = 40, max = 500) double side,
      @ForAll @DoubleRange(min = -180, max = 180) double degrees)
      throws InterruptedException {
    ImageResult.Frame frame = new ImageResult.Frame(3 * WIDTH, 3 * HEIGHT, 1);
    Face face = face(x, y, side, side, degrees);

    ImageResult result = LEVELS.results(StationTrial.image(ramps(), frame, List.of(face))).get(0);

    check(MeshStationTest.mesh(result).vertices().get(0), side, 3);
  }

  /** Up to the centres of the outermost pixels: outside them the image fades to black. */
  private static void check(float[] vertices, double side, double step) {
    double pixel = 1.3 * side / 192;
    for (int vertex = 0; vertex < 468; vertex += 2) {
      double x = vertices[3 * vertex] / step;
      double y = vertices[3 * vertex + 1] / step;
      if (x >= 0.5 && x <= WIDTH - 0.5 && y >= 0.5 && y <= HEIGHT - 0.5) {
        double column = vertices[3 * vertex + 2] / pixel;
        double row = vertices[3 * vertex + 5] / pixel;
        assertThat(x).isCloseTo(column + 0.5, within(1e-3));
        assertThat(y).isCloseTo(row + 0.5, within(1e-3));
      }
    }
  }

  /** Crops that reach past the image, too. */
  @Property(tries = 100)
  void aPlaceInTheCropIsThePlaceOfTheSquare(
      @ForAll @DoubleRange(min = -20, max = WIDTH + 20) double x,
      @ForAll @DoubleRange(min = -20, max = HEIGHT + 20) double y,
      @ForAll @DoubleRange(min = 50, max = 900) double width,
      @ForAll @DoubleRange(min = 50, max = 900) double height,
      @ForAll @DoubleRange(min = -180, max = 180) double degrees)
      throws InterruptedException {
    Face face = face(x, y, width, height, degrees);

    ImageResult result =
        CONSTANT
            .results(StationTrial.image(new Pixels(WIDTH, HEIGHT, BLACK), List.of(face)))
            .get(0);

    float[] vertices = MeshStationTest.mesh(result).vertices().get(0);
    double pixel = 1.3 * Math.max(width, height) / 192;
    double cosine = Math.cos(Math.toRadians(degrees));
    double sine = Math.sin(Math.toRadians(degrees));
    for (int vertex : new int[] {0, 77, 191}) {
      double along = (vertex - 96) * pixel;
      assertThat(vertices[3 * vertex])
          .isCloseTo((float) (x + along * cosine - along * sine), within(1e-3f));
      assertThat(vertices[3 * vertex + 1])
          .isCloseTo((float) (y + along * sine + along * cosine), within(1e-3f));
      assertThat(vertices[3 * vertex + 2]).isCloseTo((float) (-vertex * pixel), within(1e-3f));
    }
  }

  private static final byte[] BLACK = new byte[WIDTH * HEIGHT * Pixels.CHANNELS];

  private static Face face(double x, double y, double width, double height, double degrees) {
    Box box =
        new Box(
            (float) (x - width / 2),
            (float) (y - height / 2),
            (float) (x + width / 2),
            (float) (y + height / 2));
    float across = (float) (width / 4 * Math.cos(Math.toRadians(degrees)));
    float down = (float) (width / 4 * Math.sin(Math.toRadians(degrees)));
    Point left = new Point((float) x - across, (float) y - down);
    Point right = new Point((float) x + across, (float) y + down);
    return MeshStationTest.face(box, left, right);
  }

  /** Red is a pixel's column, green its row. */
  private static Pixels ramps() {
    byte[] bgr = new byte[WIDTH * HEIGHT * Pixels.CHANNELS];
    for (int pixel = 0; pixel < WIDTH * HEIGHT; pixel++) {
      bgr[pixel * Pixels.CHANNELS + 1] = (byte) Math.floorDiv(pixel, WIDTH);
      bgr[pixel * Pixels.CHANNELS + 2] = (byte) (pixel % WIDTH);
    }
    return new Pixels(WIDTH, HEIGHT, bgr);
  }
}
