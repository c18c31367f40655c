package org.retinaspark.udf.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PixelPoolTest {

  private final ExecutorService other = Executors.newSingleThreadExecutor();

  @AfterEach
  void end() {
    other.shutdownNow();
  }

  @Test
  void keepsWhatTheDecoderWritesOver() throws InterruptedException {
    byte[] decoders = {1, 2, 3, 4, 5, 6, 99};
    try (PixelPool pool = new PixelPool(100);
        PixelLease lease = pool.keep(new Pixels(2, 1, decoders))) {
      decoders[0] = 77;

      assertThat(lease.pixels().width()).isEqualTo(2);
      assertThat(lease.pixels().bgr()).startsWith(1, 2, 3, 4, 5, 6);
    }
  }

  @Test
  void whoComesTooEarlyWaitsUntilOthersAreDone() throws Exception {
    try (PixelPool pool = new PixelPool(10)) {
      PixelLease first = pool.keep(pixels(3));
      Future<PixelLease> second = other.submit(() -> pool.keep(pixels(2)));
      first.close();
      first.close();

      try (PixelLease lease = second.get()) {
        assertThat(lease.pixels().width()).isEqualTo(2);
      }
    }
  }

  @Test
  void aGiantIsLetInAlone() throws InterruptedException {
    try (PixelPool pool = new PixelPool(10);
        PixelLease giant = pool.keep(pixels(1000))) {
      assertThat(giant.pixels().width()).isEqualTo(1000);
    }
  }

  @Test
  void whoWaitsIsToldOfTheEnd() throws InterruptedException {
    PixelPool pool = new PixelPool(10);
    try (PixelLease first = pool.keep(pixels(3))) {
      Future<PixelLease> second = other.submit(() -> pool.keep(pixels(3)));
      pool.close();

      assertThatThrownBy(second::get).hasMessageContaining("closed");
      assertThat(first.pixels().width()).isEqualTo(3);
    }
  }

  private static Pixels pixels(int width) {
    return new Pixels(width, 1, new byte[width * Pixels.CHANNELS]);
  }
}
