package org.retinaspark.udf.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.retinaspark.udf.crop.HeadPose;
import org.retinaspark.udf.model.TinyModels;
import org.retinaspark.udf.pipeline.time.StageTimes;
import org.retinaspark.udf.runtime.BatchLimits;
import org.retinaspark.udf.runtime.Batching;
import org.retinaspark.udf.runtime.Engine;

/** A task's whole way with real networks: from the bytes of files to what was found in them. */
@Timeout(60)
class ImagePipelineTest {

  private static final Offset<Float> ROUNDING = within(0.01f);

  private static final byte[] DETECTOR = TinyModels.pytorchFamily();

  @ParameterizedTest
  @EnumSource(Batching.Mode.class)
  void aStationBehindTheDetectorLooksAtThePixelsOfEachFace(Batching.Mode mode)
      throws InterruptedException {
    List<ImageInput> images = new ArrayList<>();
    for (int number = 0; number < 40; number++) {
      images.add(image("image" + number, number % 3 + 1, 200 + number));
    }

    List<ImageResult> results = results(images, settings(mode, ColourStation.create()));

    assertThat(results).extracting(result -> result.input().image()).isEqualTo(names(images));
    for (int number = 0; number < results.size(); number++) {
      ImageResult result = results.get(number);
      assertThat(result.failure()).isNull();
      List<Optional<HeadPose>> poses = Objects.requireNonNull(result.details().pose());
      assertThat(poses).hasSize(result.faces().size());
      for (int face = 0; face < number % 3 + 1; face++) {
        assertThat(result.faces().get(face).score()).isGreaterThan(0.5f);
        HeadPose pose = poses.get(face).orElseThrow();
        assertThat(pose.yaw()).as("blue").isCloseTo(200 + number, ROUNDING);
        assertThat(pose.pitch()).as("green").isCloseTo(255, ROUNDING);
        assertThat(pose.roll()).as("red").isCloseTo(255, ROUNDING);
      }
    }
  }

  @Test
  void aFailureBehindTheDetectorFailsTheImageAndNoOther() throws InterruptedException {
    List<ImageInput> images =
        List.of(image("none", 0, 255), image("refused", 1, 255), image("none too", 0, 255));

    List<ImageResult> results =
        results(images, settings(Batching.Mode.NONE, new RefusingFaces("broken")));

    assertThat(results).extracting(ImagePipelineTest::code).containsExactly("", "broken", "");
    assertThat(results.get(1).faces()).isEmpty();
    assertThat(results.get(1).frame()).isNotNull();
  }

  @Test
  void aFaultOfOursIsNoFaultOfTheImage() throws InterruptedException {
    List<ImageResult> results =
        results(
            List.of(image("met by a fault", 1, 255), image("none", 0, 255)),
            settings(Batching.Mode.NONE, new RefusingFaces("")));

    assertThat(results).extracting(ImagePipelineTest::code).containsExactly("internal", "");
    assertThat(String.valueOf(results.get(0).failure()))
        .contains("IllegalArgumentException: no code", "ImagePipelineTest.java:");
  }

  private static DetectSettings settings(Batching.Mode mode, StationFactory station) {
    DetectSettings settings =
        DetectSettingsTest.settings(DETECTOR, new Batching(mode, BatchLimits.DEFAULT));
    return new DetectSettings(
        settings.model(),
        settings.session(),
        settings.protocol(),
        settings.thresholds(),
        settings.decoding(),
        settings.batching(),
        settings.pipeline(),
        settings.maximumBytes(),
        settings.split(),
        List.of(station),
        null);
  }

  private static List<ImageResult> results(List<ImageInput> images, DetectSettings settings)
      throws InterruptedException {
    ImagePipeline.Executor executor =
        new ImagePipeline.Executor(
            (request, model) -> Engine.shared().lease(request, model, hung -> {}),
            () -> {
              throw new AssertionError("nothing ends this executor");
            });
    List<ImageResult> results = new ArrayList<>();
    try (ImagePipeline pipeline =
        ImagePipeline.over(
            images.stream().map(ImageUnit::of).iterator(),
            settings,
            executor,
            () -> DETECTOR,
            InFlight.UNWATCHED,
            new StageTimes())) {
      while (pipeline.hasNext()) {
        results.add(pipeline.next());
      }
    }
    return results;
  }

  private static String code(ImageResult result) {
    Failure failure = result.failure();
    return failure == null ? "" : failure.code();
  }

  private static List<String> names(List<ImageInput> images) {
    return images.stream().map(ImageInput::image).toList();
  }

  private static ImageInput image(String name, int squares, int blue) {
    return input(name, SquarePng.of(160, 64, squares, blue));
  }

  private static ImageInput input(String name, byte[] png) {
    return new ImageInput(
        name, null, "file:/" + name, png.length, null, null, List.of(), () -> png);
  }

  /** A station that fails every image with a face, by a code or, without one, by a fault. */
  private record RefusingFaces(String code) implements StationFactory {

    @Override
    public Station open(StationNetworks networks) {
      return image -> {
        assertThat(image.pixels()).isNotNull();
        return new Refusal(image, code);
      };
    }

    @Override
    public Set<FaceDetails.Kind> fills() {
      return Set.of();
    }
  }

  private record Refusal(ImageInProgress image, String code) implements Station.Step {

    @Override
    public void finish() {
      if (!image.faces().isEmpty()) {
        if (code.isEmpty()) {
          throw new IllegalArgumentException("no code");
        }
        throw new FailedImageException(code, "it is refused");
      }
    }

    @Override
    public void close() {}
  }
}
