package org.retinaspark.udf.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.retinaspark.udf.detect.Flip;
import org.retinaspark.udf.detect.InputRule;
import org.retinaspark.udf.detect.NonMaximumSuppression;
import org.retinaspark.udf.detect.Protocol;
import org.retinaspark.udf.detect.Scale;
import org.retinaspark.udf.model.TinyModels;
import org.retinaspark.udf.pipeline.time.StageTimes;
import org.retinaspark.udf.runtime.BatchLimits;
import org.retinaspark.udf.runtime.Batching;

/** A task whose images become ten network inputs each: five sizes, each of them flipped too. */
public record PyramidTask(
    StationNetworks.Sessions sessions, Batching.Mode mode, List<StationFactory> stations) {

  /** Network inputs of an image. */
  public static final int INPUTS = 10;

  /** The detector's name. */
  public static final String MODEL = "tiny.onnx";

  /** What the third and the fourth input of each second image are. */
  public static final List<List<Integer>> SHAPES_OF_ODD_IMAGES = List.of(List.of(3, 80, 160));

  private static final byte[] DETECTOR = TinyModels.pytorchFamily();
  private static final int WIDTH = 160;

  /** What becomes of so many images. */
  public List<ImageResult> results(int images) throws InterruptedException {
    List<ImageResult> results = new ArrayList<>();
    try (ImagePipeline pipeline = over(images)) {
      while (pipeline.hasNext()) {
        results.add(pipeline.next());
      }
    }
    return results;
  }

  /** The same, to be compared. */
  public String text(int images) throws InterruptedException {
    StringBuilder text = new StringBuilder();
    for (ImageResult result : results(images)) {
      text.append(result.input().image()).append(result.failure()).append(result.faces());
    }
    return text.toString();
  }

  /** What becomes of the first of so many images, the others left alone. */
  public ImageResult first(int images) throws InterruptedException {
    try (ImagePipeline pipeline = over(images)) {
      return pipeline.next();
    }
  }

  private ImagePipeline over(int images) {
    return ImagePipeline.over(
        IntStream.range(0, images).mapToObj(PyramidTask::image).iterator(),
        settings(),
        new ImagePipeline.Executor(sessions, () -> {}),
        () -> DETECTOR,
        InFlight.UNWATCHED,
        new StageTimes());
  }

  DetectSettings settings() {
    DetectSettings plain =
        DetectSettingsTest.settings(DETECTOR, new Batching(mode, new BatchLimits(4, 1 << 20, 1)));
    return new DetectSettings(
        plain.model(),
        plain.session(),
        protocol(),
        plain.thresholds(),
        plain.decoding(),
        plain.batching(),
        plain.pipeline(),
        plain.maximumBytes(),
        plain.split(),
        stations,
        null);
  }

  private static Protocol protocol() {
    List<InputRule> inputs = new ArrayList<>();
    for (int longSide : List.of(96, 160, 224, 320, 384)) {
      inputs.add(new InputRule(new Scale.LongSide(longSide), Flip.NONE));
      inputs.add(new InputRule(new Scale.LongSide(longSide), Flip.HORIZONTAL));
    }
    return new Protocol("ten", inputs, new NonMaximumSuppression());
  }

  private static ImageUnit image(int number) {
    int height = number % 2 == 0 ? WIDTH / 2 + 16 : WIDTH / 2;
    byte[] png = SquarePng.of(WIDTH, height, number % 3 + 1, 200 + number);
    return ImageUnit.of(
        new ImageInput(
            "image" + number,
            null,
            "file:/" + number,
            png.length,
            null,
            null,
            List.of(),
            () -> png));
  }
}
