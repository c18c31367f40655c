package org.retinaspark.udf.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.retinaspark.udf.detect.Face;
import org.retinaspark.udf.image.Pixels;
import org.retinaspark.udf.pipeline.time.StageTimes;
import org.retinaspark.udf.runtime.Batching;
import org.retinaspark.udf.runtime.Engine;
import org.retinaspark.udf.runtime.Provider;

/**
 * A station by itself, with an engine of its own: what it makes of images whose faces are known.
 */
public final class StationTrial implements AutoCloseable {

  private final StationNetworks networks;
  private final Station station;

  /** Opens a station. */
  public StationTrial(StationFactory factory, Batching batching) {
    Engine engine = new Engine();
    networks =
        new StationNetworks(
            (request, model) -> engine.lease(request, model, hung -> {}),
            batching,
            new SessionGuard(Provider.CPU, () -> {}, () -> {}),
            new StageTimes());
    station = factory.open(networks);
  }

  /** The station. */
  public Station station() {
    return station;
  }

  /** An image of a frame of the size of its pixels. */
  public static ImageInProgress image(Pixels pixels, List<Face> faces) {
    return image(pixels, new ImageResult.Frame(pixels.width(), pixels.height(), 1), faces);
  }

  /** An image whose faces have been found. */
  public static ImageInProgress image(Pixels pixels, ImageResult.Frame frame, List<Face> faces) {
    ImageInput input =
        new ImageInput("image", null, "file:/image", 1, null, null, List.of(), () -> new byte[1]);
    ImageInProgress image = ImageInProgress.decoded(input, frame, List.of(), pixels);
    image.found(faces);
    return image;
  }

  /** What becomes of images that stand at the station together. */
  public List<ImageResult> results(ImageInProgress... images) throws InterruptedException {
    List<Prepared> standing = new ArrayList<>();
    for (ImageInProgress image : images) {
      standing.add(Prepared.at(station, image));
    }
    List<ImageResult> results = new ArrayList<>();
    for (Prepared prepared : standing) {
      results.add(prepared.finish().result());
    }
    return results;
  }

  @Override
  public void close() {
    networks.close();
  }
}
