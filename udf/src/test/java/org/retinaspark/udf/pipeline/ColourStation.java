package org.retinaspark.udf.pipeline;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.retinaspark.udf.crop.HeadPose;
import org.retinaspark.udf.detect.Box;
import org.retinaspark.udf.detect.Face;
import org.retinaspark.udf.graph.NetworkBuilder;
import org.retinaspark.udf.image.Pixels;
import org.retinaspark.udf.runtime.ElementType;
import org.retinaspark.udf.runtime.InputKind;
import org.retinaspark.udf.runtime.Ports;
import org.retinaspark.udf.runtime.Provider;
import org.retinaspark.udf.runtime.SessionRequest;

/**
 * A toy behind the detector: a network that gives the mean colour of a crop of each face, blue,
 * green and red, which goes into the table as the face's pose.
 */
public record ColourStation(byte[] network) implements StationFactory {

  private static final int SIDE = 8;
  private static final Ports PORTS =
      new Ports("crop", ElementType.FLOAT, List.of("colour"), Integer.MAX_VALUE);
  private static final InputKind CROP = new InputKind(PORTS, List.of(Pixels.CHANNELS, SIDE, SIDE));

  /** A station of {@code [batch, 3, 8, 8]} to {@code [batch, 3]}. */
  public static ColourStation create() {
    NetworkBuilder network = new NetworkBuilder();
    String crop = network.input("crop", "batch", "3", "8", "8");
    String mean = network.node("GlobalAveragePool", List.of(crop));
    network.output(network.reshape(mean, 0, 3), "colour", "batch", "3");
    return new ColourStation(network.model().toByteArray());
  }

  @Override
  public Station open(StationNetworks networks) {
    SessionRequest request =
        new SessionRequest(
            "colour", "colour", Provider.CPU, 0, SessionRequest.Precision.FLOAT32, 1);
    StationNetwork way = networks.open(request, () -> network);
    return image -> new Colours(image, way.submitInTurn(crops(image)));
  }

  @Override
  public Set<FaceDetails.Kind> fills() {
    return Set.of(FaceDetails.Kind.POSE);
  }

  private static List<StationNetwork.Input<float[]>> crops(ImageInProgress image) {
    return image.faces().stream().map(face -> crop(image.pixels(), face)).toList();
  }

  private static StationNetwork.Input<float[]> crop(Pixels pixels, Face face) {
    return new StationNetwork.Input<>(
        CROP,
        tensor -> fill(pixels, face.box(), tensor),
        outputs -> {
          float[] colour = new float[Pixels.CHANNELS];
          outputs.get(0).get(0, colour);
          return colour;
        });
  }

  /** The nearest pixel at each of 8 x 8 places of the box. */
  private static void fill(Pixels pixels, Box box, ByteBuffer tensor) {
    for (int index = 0; index < SIDE * SIDE * Pixels.CHANNELS; index++) {
      float across = (index % SIDE + 0.5f) / SIDE;
      float down = (index / SIDE % SIDE + 0.5f) / SIDE;
      int x = (int) (box.x1() + across * (box.x2() - box.x1()));
      int y = (int) (box.y1() + down * (box.y2() - box.y1()));
      int pixel =
          (Math.max(0, Math.min(pixels.height() - 1, y)) * pixels.width()
                  + Math.max(0, Math.min(pixels.width() - 1, x)))
              * Pixels.CHANNELS;
      tensor.putFloat(index * Float.BYTES, pixels.bgr()[pixel + index / (SIDE * SIDE)] & 0xff);
    }
  }

  private record Colours(ImageInProgress image, StationNetwork.Submission<float[]> crops)
      implements Station.Step {

    @Override
    public void finish() throws InterruptedException {
      List<float[]> colours = crops.await();
      image.describe(image.details().andPose(colours.stream().map(Colours::pose).toList()));
    }

    private static Optional<HeadPose> pose(float[] colour) {
      return Optional.of(new HeadPose(colour[0], colour[1], colour[2], HeadPose.Source.POINTS));
    }

    @Override
    public void close() {
      crops.close();
    }
  }
}
