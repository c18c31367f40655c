package org.retinaspark.udf.pipeline;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.retinaspark.udf.image.PixelPool;
import org.retinaspark.udf.image.Pixels;
import org.retinaspark.udf.pipeline.time.StageTimes;

/** A line of stations that look at one pixel, whose memory holds few images at once. */
@Timeout(60)
class StationLineTest {

  private static final int IMAGES = 100;

  private final List<String> finished = new ArrayList<>();
  private final StageTimes times = new StageTimes();

  @Test
  void imagesPassAllStationsInOrderWhateverTheirMemory() throws InterruptedException {
    for (int room = 1; room <= 6; room++) {
      finished.clear();
      PixelPool pixels = new PixelPool((long) room * Pixels.CHANNELS);
      List<ImageResult> results =
          results(new StationLine(station("a"), List.of(station("b"), station("c")), pixels));

      assertThat(results)
          .extracting(result -> result.input().image())
          .containsExactlyElementsOf(
              IntStream.range(0, IMAGES).mapToObj(Integer::toString).toList());
      assertThat(results).allMatch(result -> result.failure() == null);
      for (String station : List.of("a", "b", "c")) {
        assertThat(finished.stream().filter(done -> done.startsWith(station)))
            .as("%s, room for %d", station, room)
            .containsExactlyElementsOf(
                IntStream.range(0, IMAGES).mapToObj(number -> station + number).toList());
      }
    }
  }

  @Test
  void aSingleStationGivesThePixelsBackOnceItHasThem() throws InterruptedException {
    StationLine line = new StationLine(station("a"), List.of(), new PixelPool(1));
    ImageInProgress image = image(input(7));

    try (Prepared prepared = line.enter(image)) {
      assertThat(prepared.step()).isNotNull();
      assertThatThrownBy(image::pixels).hasMessageContaining("given back");
    }
  }

  @Test
  void stationsThatReadNoPixelsKeepNone() throws InterruptedException {
    Station blind =
        new Station() {
          @Override
          public Step submit(ImageInProgress image) {
            throw new AssertionError("no image comes here");
          }

          @Override
          public boolean readsPixels() {
            return false;
          }
        };
    StationLine line = new StationLine(station("a"), List.of(blind, blind), new PixelPool(1));
    ImageInProgress image = image(input(7));
    StationLine seeing =
        new StationLine(station("a"), List.of(blind, station("b")), new PixelPool(3));
    ImageInProgress kept = image(input(8));

    try (Prepared prepared = line.enter(image);
        Prepared other = seeing.enter(kept)) {
      assertThat(prepared.step()).isNotNull();
      assertThat(other.step()).isNotNull();
      assertThatThrownBy(image::pixels).hasMessageContaining("given back");
      assertThat(kept.pixels().bgr()[0]).isEqualTo((byte) 8);
    }
  }

  @Test
  void imagesThatFailedPassStationsThatReadPixels() throws InterruptedException {
    StationLine line =
        new StationLine(station("a"), List.of(station("b")), new PixelPool(Pixels.CHANNELS));
    ImageInProgress broken =
        ImageInProgress.failed(input(7), new Failure("decode", "corrupt", "no image"));

    try (Prepared prepared = line.enter(broken)) {
      assertThat(prepared.step()).isNull();
      assertThat(requireNonNull(prepared.image().result().failure()).code()).isEqualTo("corrupt");
    }
    assertThat(finished).isEmpty();
  }

  private List<ImageResult> results(StationLine line) throws InterruptedException {
    PipelineSettings settings = new PipelineSettings(2, 10, Duration.ofSeconds(30));
    ExecutorHealth health = new ExecutorHealth(0, 1);
    DecodeAhead decoding =
        new DecodeAhead(
            IntStream.range(0, IMAGES)
                .mapToObj(number -> ImageUnit.of(StationLineTest.input(number)))
                .iterator(),
            new ReadAhead(settings, 10, InFlight.UNWATCHED, health, times),
            line,
            OnePixel::new,
            settings,
            health,
            times);
    List<ImageResult> results = new ArrayList<>();
    try (line;
        StationLine.Finished images = line.over(decoding)) {
      while (images.hasNext()) {
        try (ImageInProgress image = images.next()) {
          results.add(image.result());
        }
      }
    }
    return results;
  }

  /** A station that checks the pixels when it is handed an image and when it is done with it. */
  private Station station(String name) {
    return image -> {
      byte expected = Byte.parseByte(image.input().image());
      assertThat(image.pixels().bgr()[0]).isEqualTo(expected);
      return new Station.Step() {
        @Override
        public void finish() {
          finished.add(name + image.input().image());
        }

        @Override
        public void close() {}
      };
    };
  }

  private static ImageInput input(int number) {
    byte[] content = {(byte) number};
    return new ImageInput(
        Integer.toString(number), null, "file:/" + number, 1, null, null, List.of(), () -> content);
  }

  private static ImageInProgress image(ImageInput input) {
    byte[] bgr = {Byte.parseByte(input.image()), 0, 0};
    return ImageInProgress.decoded(
        input, new ImageResult.Frame(1, 1, 1), List.of(), new Pixels(1, 1, bgr));
  }

  /** Images of one pixel, written over by the next as a decoder's are. */
  private static final class OnePixel implements DecodeAhead.Decoder {

    private final byte[] bgr = new byte[Pixels.CHANNELS];

    @Override
    public ImageInProgress decode(ReadImage image) {
      bgr[0] = image.bytes()[0];
      return ImageInProgress.decoded(
          image.input(), new ImageResult.Frame(1, 1, 1), List.of(), new Pixels(1, 1, bgr));
    }

    @Override
    public void close() {}
  }
}
