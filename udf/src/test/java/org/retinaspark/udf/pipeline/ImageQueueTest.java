package org.retinaspark.udf.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.retinaspark.udf.image.Pixels;

/** The task's queue with a fake decoder, whose images are what their bytes say. */
@Timeout(60)
class ImageQueueTest {

  private static final byte[] HANGS = {13};

  private final StageTimes times = new StageTimes();
  private final CountDownLatch never = new CountDownLatch(1);
  private final AtomicInteger decoders = new AtomicInteger();

  @Test
  void givesImagesInTheirOrderWhateverReadingTakes() throws InterruptedException {
    CountDownLatch later = new CountDownLatch(1);
    List<ImageInput> inputs = new ArrayList<>();
    inputs.add(
        input(
            0,
            1,
            () -> {
              later.await();
              return new byte[] {1};
            }));
    inputs.add(
        input(
            1,
            1,
            () -> {
              later.countDown();
              return new byte[] {1};
            }));
    IntStream.range(2, 200).forEach(index -> inputs.add(input(index, 1, () -> new byte[] {1})));

    List<ImageInProgress> images = all(inputs.iterator(), 1 << 20);

    assertThat(images)
        .extracting(image -> image.input().image())
        .containsExactlyElementsOf(inputs.stream().map(ImageInput::image).toList());
    assertThat(images).allMatch(image -> image.failure() == null);
  }

  @Test
  void readsNoFurtherAheadThanItsBytes() throws InterruptedException {
    AtomicInteger pulled = new AtomicInteger();
    Iterator<ImageInput> inputs =
        IntStream.range(0, 50)
            .mapToObj(
                index -> {
                  pulled.incrementAndGet();
                  return input(index, 100, () -> new byte[] {1});
                })
            .iterator();
    try (ImageQueue queue = queue(inputs, 250)) {
      queue.next();

      // One that was given, two that fit into 250 bytes, and one that waits for room.
      assertThat(pulled.get()).isLessThanOrEqualTo(5);
    }
  }

  @Test
  void aFileThatHangsIsOneFailedImage() throws InterruptedException {
    List<ImageInput> inputs =
        List.of(
            input(0, 1, () -> new byte[] {1}),
            input(
                1,
                1,
                () -> {
                  never.await();
                  return new byte[0];
                }),
            input(2, 1, () -> new byte[] {1}));

    List<ImageInProgress> images = all(inputs.iterator(), 1 << 20);

    assertThat(images).extracting(ImageQueueTest::code).containsExactly("", "read/timeout", "");
  }

  @Test
  void anImageThatTheDecoderHangsInIsOneFailedImage() throws InterruptedException {
    List<ImageInput> inputs =
        List.of(
            input(0, 1, () -> new byte[] {1}),
            input(1, 1, () -> HANGS),
            input(2, 1, () -> new byte[] {1}));

    List<ImageInProgress> images = all(inputs.iterator(), 1 << 20);

    assertThat(images).extracting(ImageQueueTest::code).containsExactly("", "decode/timeout", "");
    assertThat(decoders).hasValue(2);
  }

  @Test
  void whatCantBeReadSaysWhy() throws InterruptedException {
    List<ImageInput> inputs =
        List.of(
            input(0, 1, () -> new byte[0]),
            input(1, 5000, () -> new byte[] {1}),
            input(
                2,
                1,
                () -> {
                  throw new FileNotFoundException("gone");
                }),
            input(
                3,
                1,
                () -> {
                  throw new IllegalStateException("a bug of a file system");
                }));

    List<ImageInProgress> images = all(inputs.iterator(), 1 << 20);

    assertThat(images)
        .extracting(ImageQueueTest::code)
        .containsExactly("read/empty", "read/too_large", "read/not_found", "read/unexpected");
    assertThat(String.valueOf(images.get(1).failure())).contains("5000 bytes", "--max-bytes");
  }

  private List<ImageInProgress> all(Iterator<ImageInput> inputs, long bytes)
      throws InterruptedException {
    List<ImageInProgress> images = new ArrayList<>();
    try (ImageQueue queue = queue(inputs, bytes)) {
      while (queue.hasNext()) {
        images.add(queue.next().image());
      }
    }
    return images;
  }

  private ImageQueue queue(Iterator<ImageInput> inputs, long bytes) {
    PipelineSettings pipeline = new PipelineSettings(4, bytes, Duration.ofSeconds(1));
    return new ImageQueue(
        inputs, pipeline, 1000, () -> new DecodeThread(new Fake(), pipeline, times), times);
  }

  private static String code(ImageInProgress image) {
    Failure failure = image.failure();
    return failure == null ? "" : failure.stage() + "/" + failure.code();
  }

  /** What a test's file does when it is read. */
  private interface Reading {
    byte[] read() throws IOException, InterruptedException;
  }

  private static ImageInput input(int index, long length, Reading reading) {
    return new ImageInput(
        "image" + index,
        null,
        "file:/image" + index,
        length,
        null,
        null,
        List.of(),
        () -> {
          try {
            return reading.read();
          } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new IOException(ended);
          }
        });
  }

  private final class Fake implements Preparation {

    Fake() {
      decoders.incrementAndGet();
    }

    @Override
    public Prepared prepare(ImageInput input, Content content) throws InterruptedException {
      if (content.failure() != null) {
        return Prepared.failed(input, content.failure());
      }
      if (content.bytes() == HANGS) {
        never.await();
      }
      return new Prepared(
          ImageInProgress.decoded(
              input,
              new ImageResult.Frame(1, 1, 1),
              List.of(),
              new Pixels(1, 1, new byte[Pixels.CHANNELS])),
          null);
    }

    @Override
    public void close() {}
  }
}
