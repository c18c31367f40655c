package org.retinaspark.udf.detect;

import java.util.List;
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

/** Network output for 1024x768 to boxes, and boxes to faces. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class PostProcessingBenchmark {

  /** Anchors above the score threshold: a common image, and the most that enter suppression. */
  @Param({"100", "5000"})
  public int candidates = 100;

  private NetworkOutput output = RandomOutputs.withCandidates(1);
  private Candidates boxes = RandomOutputs.candidates(output);

  /** Makes the output. */
  @Setup
  public void open() {
    output = RandomOutputs.withCandidates(candidates);
    boxes = RandomOutputs.candidates(output);
  }

  /** Finds the candidates among all anchors and decodes their boxes. */
  @Benchmark
  public Candidates decodeBoxes() {
    return RandomOutputs.candidates(output);
  }

  /** Sorts the candidates and suppresses overlapping ones. */
  @Benchmark
  public List<Face> suppress() {
    return new NonMaximumSuppression().faces(boxes, Thresholds.WIDER_FACE);
  }
}
