package org.retinaspark.udf.detect;

import java.nio.ByteBuffer;
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

/** Pixels of 1024x768 to network input: as they are (original), resized to 640x480 (vga). */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class FillBenchmark {

  private static final int WIDTH = 1024;
  private static final int HEIGHT = 768;

  /** How the image becomes network input. */
  @Param public Protocol protocol = Protocol.ORIGINAL;

  private final byte[] bgr = new byte[WIDTH * HEIGHT * Pixels.CHANNELS];
  private final ByteBuffer tensor = ByteBuffer.allocateDirect(bgr.length * Float.BYTES);

  /** Draws noise. */
  @Setup
  public void draw() {
    new Random(1).nextBytes(bgr);
  }

  /** Fills the tensor. */
  @Benchmark
  public ByteBuffer fill() {
    Detector detector = PyTorchOutputs.detector(protocol, Thresholds.WIDER_FACE);
    Pixels pixels = new Pixels(WIDTH, HEIGHT, bgr);
    detector.fill(pixels, detector.placements(WIDTH, HEIGHT).get(0), tensor);
    return tensor;
  }
}
