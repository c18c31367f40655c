package org.retinaspark.udf.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.retinaspark.udf.image.PixelPool;
import org.retinaspark.udf.image.Pixels;
import org.retinaspark.udf.pipeline.time.Stage;
import org.retinaspark.udf.pipeline.time.StageTimes;

/** Reading and decoding ahead, with files, archives and a decoder that do as they are told. */
@Timeout(60)
class DecodeAheadTest {

  private static final int READERS = 4;
  private static final byte[] HANGS = {13};

  private final StageTimes times = new StageTimes();
  private final CountDownLatch never = new CountDownLatch(1);
  private final AtomicInteger decoders = new AtomicInteger();
  private ExecutorHealth health = new ExecutorHealth(100, 100);

  @AfterEach
  void endWhatHangs() {
    never.countDown();
  }

  @Test
  void givesImagesInTheirOrderWhateverReadingTakes() throws InterruptedException {
    CountDownLatch later = new CountDownLatch(1);
    List<ImageUnit> units = new ArrayList<>();
    units.add(
        file(
            0,
            1,
            () -> {
              later.await();
              return new byte[] {1};
            }));
    units.add(
        file(
            1,
            1,
            () -> {
              later.countDown();
              return new byte[] {1};
            }));
    IntStream.range(2, 200).forEach(index -> units.add(file(index, 1, () -> new byte[] {1})));

    List<ImageInProgress> images = all(units);

    assertThat(images)
        .extracting(image -> image.input().image())
        .containsExactlyElementsOf(units.stream().map(unit -> unit.lost().image()).toList());
    assertThat(images).allMatch(image -> image.failure() == null);
  }

  @Test
  void readsNoFurtherAheadThanItsBytes() throws InterruptedException {
    AtomicInteger read = new AtomicInteger();
    CountDownLatch thirdRead = new CountDownLatch(3);
    Iterator<ImageUnit> units =
        IntStream.range(0, 50)
            .mapToObj(
                index ->
                    file(
                        index,
                        100,
                        () -> {
                          read.incrementAndGet();
                          thirdRead.countDown();
                          return new byte[100];
                        }))
            .iterator();
    try (DecodeAhead images = images(units, 250, new Stopping(1))) {
      images.next();
      thirdRead.await();

      // One that was given, one that the decoder is at, two that fit into 250 bytes.
      assertThat(read.get()).isLessThanOrEqualTo(4);
    }
  }

  @Test
  void filesWhoseReadingNothingEndsFailAndNoOther() throws InterruptedException {
    List<ImageUnit> units = new ArrayList<>();
    for (int index = 0; index < 3 * READERS; index++) {
      units.add(file(2 * index, 1, this::hang));
      units.add(file(2 * index + 1, 1, () -> new byte[] {1}));
    }

    List<ImageInProgress> images = all(units);

    assertThat(images).hasSize(units.size());
    for (int index = 0; index < images.size(); index++) {
      assertThat(code(images.get(index))).isEqualTo(index % 2 == 0 ? "read/timeout" : "");
    }
    assertThat(String.valueOf(images.get(0).failure()))
        .contains("longer than the 1 s of --image-timeout", "left behind");
  }

  @Test
  void tooManyThreadsThatHangFailTheTask() {
    health = new ExecutorHealth(2, 100);
    List<ImageUnit> units =
        IntStream.range(0, 3).mapToObj(index -> file(index, 1, this::hang)).toList();

    assertThatThrownBy(() -> all(units))
        .isInstanceOf(BrokenExecutorException.class)
        .hasMessageContaining("2 threads of this executor hang");
  }

  @Test
  void anArchiveThatStallsIsOneFailedRowBehindItsImages() throws InterruptedException {
    List<ImageUnit> units =
        List.of(
            archive("stalls", member(0), member(1), this::hangArchive),
            archive("goes on", member(2), member(3)));

    List<ImageInProgress> images = all(units);

    assertThat(images)
        .extracting(image -> image.input().image())
        .containsExactly("image0", "image1", "stalls", "image2", "image3");
    assertThat(images)
        .extracting(DecodeAheadTest::code)
        .containsExactly("", "", "read/timeout", "", "");
    assertThat(String.valueOf(images.get(2).failure())).contains("gave no further image");
  }

  @Test
  void archivesAreReadAtOnce() throws InterruptedException {
    CountDownLatch second = new CountDownLatch(1);
    Member waits =
        () -> {
          await(second);
          return null;
        };
    Member releases =
        () -> {
          second.countDown();
          return null;
        };

    List<ImageInProgress> images =
        all(List.of(archive("first", member(0), waits), archive("second", member(1), releases)));

    assertThat(images).extracting(DecodeAheadTest::code).containsExactly("", "");
    assertThat(times.of(Stage.READ)).isPositive();
  }

  @Test
  void anOpenTableCountsAsRead() throws InterruptedException {
    AtomicInteger open = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<ImageUnit> units = new ArrayList<>();
    for (int table = 0; table < 20; table++) {
      Member opens =
          () -> {
            most.accumulateAndGet(open.incrementAndGet(), Math::max);
            return member(1).next();
          };
      Member closes =
          () -> {
            open.decrementAndGet();
            return null;
          };
      units.add(new Archive("table" + table, 600, List.of(opens, closes)));
    }
    List<ImageInProgress> images = all(units);

    assertThat(images).hasSize(20);
    // The read-ahead is 1000 bytes: one table, and another while everybody waits for that.
    assertThat(most.get()).isLessThanOrEqualTo(2);
  }

  @Test
  void archivesWithoutImagesGiveNone() throws InterruptedException {
    List<ImageUnit> units = new ArrayList<>();
    IntStream.range(0, 200).forEach(index -> units.add(archive("empty" + index)));
    units.add(file(1, 1, () -> new byte[] {1}));
    IntStream.range(0, 200).forEach(index -> units.add(archive("empty too" + index)));

    assertThat(all(units)).extracting(image -> image.input().image()).containsExactly("image1");
  }

  @Test
  void aFaultOfAnArchiveIsARowOfItsOwn() throws InterruptedException {
    Member fault =
        () -> {
          throw new IllegalStateException("a bug");
        };

    List<ImageInProgress> images = all(List.of(archive("bug", member(0), fault)));

    assertThat(images).extracting(DecodeAheadTest::code).containsExactly("", "read/internal");
    assertThat(images.get(1).input().image()).isEqualTo("bug");
  }

  @Test
  void anImageThatTheDecoderHangsInIsOneFailedImage() throws InterruptedException {
    List<ImageUnit> units =
        List.of(
            file(0, 1, () -> new byte[] {1}),
            file(1, 1, () -> HANGS),
            file(2, 1, () -> new byte[] {1}));

    List<ImageInProgress> images = all(units);

    assertThat(images).extracting(DecodeAheadTest::code).containsExactly("", "decode/timeout", "");
    assertThat(decoders).hasValue(2);
  }

  @Test
  void whatCantBeReadSaysWhy() throws InterruptedException {
    List<ImageUnit> units =
        List.of(
            file(0, 1, () -> new byte[0]),
            file(1, 5000, () -> new byte[] {1}),
            file(2, 1, () -> fail(new FileNotFoundException("gone"))),
            file(3, 1, () -> fail(new AccessDeniedException("private"))),
            file(
                4,
                1,
                () -> {
                  throw new IllegalStateException("a bug of a file system");
                }));

    List<ImageInProgress> images = all(units);

    assertThat(images)
        .extracting(DecodeAheadTest::code)
        .containsExactly(
            "read/empty",
            "read/too_large",
            "read/not_found",
            "read/access_denied",
            "read/unexpected");
    assertThat(String.valueOf(images.get(1).failure())).contains("5000 bytes", "--max-bytes");
  }

  @Test
  void rightsThatAreGoneFailTheTask() {
    health = new ExecutorHealth(100, 10);
    AtomicInteger reads = new AtomicInteger();
    List<ImageUnit> units = new ArrayList<>();
    for (int index = 0; index < 100; index++) {
      units.add(
          file(
              index,
              1,
              () -> {
                if (reads.incrementAndGet() > 50) {
                  return fail(new AccessDeniedException("ExpiredToken"));
                }
                return new byte[] {1};
              }));
    }

    assertThatThrownBy(() -> all(units))
        .isInstanceOf(BrokenExecutorException.class)
        .hasMessageContaining("the last 10 reads of this executor were denied")
        .hasMessageContaining("--resume");
  }

  @Test
  void filesThatMayNotBeReadFailWhileOthersMay() throws InterruptedException {
    health = new ExecutorHealth(100, 10);
    List<ImageUnit> denied = new ArrayList<>();
    for (int index = 1; index < 100; index++) {
      denied.add(file(index, 1, () -> fail(new AccessDeniedException("not yours"))));
    }

    // read to its end before the others begin: readers don't wait for each other
    all(List.of(file(0, 1, () -> new byte[] {1})));
    List<ImageInProgress> images = all(denied);

    assertThat(images).hasSize(99).allMatch(image -> code(image).equals("read/access_denied"));
  }

  private List<ImageInProgress> all(List<ImageUnit> units) throws InterruptedException {
    List<ImageInProgress> images = new ArrayList<>();
    try (DecodeAhead decoding = images(units.iterator(), 1000, new Stopping(Integer.MAX_VALUE))) {
      while (decoding.hasNext()) {
        images.add(decoding.next().image());
      }
    }
    return images;
  }

  private DecodeAhead images(Iterator<ImageUnit> units, long bytes, Stopping decoder) {
    PipelineSettings settings = new PipelineSettings(READERS, bytes, Duration.ofSeconds(1));
    return new DecodeAhead(
        units,
        new ReadAhead(settings, 1000, InFlight.UNWATCHED, health, times),
        new StationLine(new Passing(), List.of(), new PixelPool(1)),
        () -> {
          decoders.incrementAndGet();
          return decoder;
        },
        settings,
        health,
        times);
  }

  private static String code(ImageInProgress image) {
    Failure failure = image.failure();
    return failure == null ? "" : failure.stage() + "/" + failure.code();
  }

  /** What a test's file does when it is read. */
  private interface Reading {
    byte[] read() throws IOException, InterruptedException;
  }

  /** What a test's archive does when it is asked for the next image. */
  private interface Member {
    @Nullable ImageInput next();
  }

  private byte[] hang() {
    await(never);
    return new byte[0];
  }

  private ImageInput hangArchive() {
    await(never);
    throw new IllegalStateException("nobody waits any more");
  }

  /** Waits as a socket does: an interrupt changes nothing. */
  private static void await(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      try {
        latch.await();
      } catch (InterruptedException ignored) {
        // that is the point
      }
    }
  }

  private static byte[] fail(IOException failure) throws IOException {
    throw failure;
  }

  private static Member member(int index) {
    byte[] content = {1};
    return () -> file(index, 1, () -> content).lost();
  }

  private static ImageUnit archive(String name, Member... members) {
    return new Archive(name, 0, Arrays.asList(members));
  }

  private record Archive(String name, long heldBytes, List<Member> members) implements ImageUnit {

    @Override
    public ImageInput lost() {
      return input(
          name,
          -1,
          () -> {
            throw new IllegalStateException("an archive is no image");
          });
    }

    @Override
    public Images open() {
      Iterator<Member> left = members.iterator();
      return new Images() {
        @Override
        public @Nullable ImageInput next() {
          return left.hasNext() ? left.next().next() : null;
        }

        @Override
        public void close() {}
      };
    }
  }

  private static ImageUnit file(int index, long length, Reading reading) {
    return ImageUnit.of(input("image" + index, length, reading));
  }

  private static ImageInput input(String name, long length, Reading reading) {
    return new ImageInput(
        name,
        null,
        "file:/" + name,
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

  /** A decoder that hangs in some bytes, and stops after so many images. */
  private final class Stopping implements DecodeAhead.Decoder {

    private final int most;
    private int done;

    Stopping(int most) {
      this.most = most;
    }

    @Override
    public ImageInProgress decode(ReadImage image) {
      if (image.failure() != null) {
        return ImageInProgress.failed(image.input(), image.failure());
      }
      if (image.bytes() == HANGS || ++done > most) {
        await(never);
      }
      return ImageInProgress.decoded(
          image.input(),
          new ImageResult.Frame(1, 1, 1),
          List.of(),
          new Pixels(1, 1, new byte[Pixels.CHANNELS]));
    }

    @Override
    public void close() {}
  }

  /** A station that does nothing. */
  private static final class Passing implements Station, Station.Step {

    @Override
    public Step submit(ImageInProgress image) {
      return this;
    }

    @Override
    public void finish() {}

    @Override
    public void close() {}
  }
}
