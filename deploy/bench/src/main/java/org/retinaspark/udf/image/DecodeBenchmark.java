package org.retinaspark.udf.image;

import java.io.IOException;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.retinaspark.bench.Photos;
import org.retinaspark.udf.image.decode.ImageDecoder;
import org.retinaspark.udf.image.jpeg.JpegEngine;

/** One JPEG file to pixels, by each engine. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class DecodeBenchmark {

  /** The engine. */
  @Param public JpegEngine engine = JpegEngine.IMAGEIO;

  private List<byte[]> photos = List.of();
  private ImageDecoder decoder = ImageDecoder.open(DecodeSettings.DEFAULT, JpegEngine.IMAGEIO);
  private int next;

  /** Reads the photos. */
  @Setup
  public void open() throws IOException {
    photos = Photos.some();
    decoder.close();
    decoder = ImageDecoder.open(DecodeSettings.DEFAULT, engine);
  }

  /** Decodes the next photo. */
  @Benchmark
  public DecodedImage decode() throws DecodeException {
    return decoder.decode(photos.get(next++ % photos.size()));
  }

  /** Frees the decoder. */
  @TearDown
  public void close() {
    decoder.close();
  }
}
