package org.retinaspark.udf.input;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.retinaspark.udf.detect.Placement;
import org.retinaspark.udf.image.Pixels;

/**
 * Pixels of 1024x768 to network input: as they are (original), resized to 640x480 (vga) and to the
 * largest level of a pyramid.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class FillBenchmark {

  private static final int WIDTH = 1024;
  private static final int HEIGHT = 768;

  /** Columns and rows that the image takes of the tensor. */
  @Param({"1024x768", "640x480", "2267x1700"})
  public String content = "1024x768";

  private static final InputFormat FORMAT =
      new InputFormat(ChannelOrder.BGR, List.of(104f, 117f, 123f), 1);

  private final byte[] bgr = new byte[WIDTH * HEIGHT * Pixels.CHANNELS];
  private ByteBuffer tensor = ByteBuffer.allocateDirect(0);
  private Placement placement = new Placement(WIDTH, HEIGHT, WIDTH, HEIGHT, WIDTH, HEIGHT);

  /** Draws noise. */
  @Setup
  public void draw() {
    String[] sides = content.split("x", -1);
    int width = Integer.parseInt(sides[0]);
    int height = Integer.parseInt(sides[1]);
    placement = new Placement(WIDTH, HEIGHT, width, height, width, height);
    tensor = ByteBuffer.allocateDirect((int) FORMAT.layout().bytes(placement));
    new Random(1).nextBytes(bgr);
  }

  /** Fills the tensor. */
  @Benchmark
  public ByteBuffer fill() {
    FORMAT.fill(new Pixels(WIDTH, HEIGHT, bgr), placement, tensor);
    return tensor;
  }
}
