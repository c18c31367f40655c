package org.retinaspark.udf.pipeline;

import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.retinaspark.udf.image.DecodeSettings;
import org.retinaspark.udf.image.PixelPool;
import org.retinaspark.udf.pipeline.time.Stage;
import org.retinaspark.udf.pipeline.time.StageTimes;
import org.retinaspark.udf.runtime.Inference;
import org.retinaspark.udf.runtime.SessionLease;

/**
 * What a task does with its images: read ahead on threads of its own, decoded ahead on another, and
 * taken through the stations on the task's thread, which runs the network or has the executor's
 * batcher run it; each waits when it is too far ahead of the next. One result an image, in order.
 * Used by the task's own thread.
 */
public final class ImagePipeline implements AutoCloseable {

  /** Memory for the pixels of a task's images that stand in a line of several stations. */
  private static final long PIXEL_BYTES = 256L << 20;

  private final Runnable giveUpNetworks;
  private final StationLine line;
  private final StationLine.Finished finished;
  private final StageTimes times;

  private ImagePipeline(
      Runnable giveUpNetworks, StationLine line, StationLine.Finished finished, StageTimes times) {
    this.giveUpNetworks = giveUpNetworks;
    this.line = line;
    this.finished = finished;
    this.times = times;
  }

  /**
   * What a task needs of the executor that it runs on.
   *
   * @param sessions the sessions that its tasks share
   * @param end ends the executor's process, if it is one that can be replaced
   */
  public record Executor(StationNetworks.Sessions sessions, Runnable end) {}

  /**
   * Opens the networks and starts to read.
   *
   * @param units the task's files, pulled on its own thread. It may say that it has none while one
   *     or more are on their way here, and have more later: it is asked again
   * @param executor what the tasks of this executor share
   * @param model gives the bytes of the detector's ONNX file
   * @param inFlight is told of each image; if it is to wait for one to be done, the settings must
   *     read one file at a time
   * @param times where the time goes
   */
  public static ImagePipeline over(
      Iterator<ImageUnit> units,
      DetectSettings settings,
      Executor executor,
      Supplier<byte[]> model,
      InFlight inFlight,
      StageTimes times) {
    StationNetworks networks = networks(settings, executor, model, times);
    StationLine line = line(settings, networks, model, times);
    ExecutorHealth health = ExecutorHealth.HERE;
    DecodeAhead decoding =
        new DecodeAhead(
            units,
            new ReadAhead(settings.pipeline(), settings.maximumBytes(), inFlight, health, times),
            line,
            () -> new BytesDecoder(settings.decoding(), line, times),
            settings.pipeline(),
            health,
            times);
    return new ImagePipeline(networks::close, line, line.over(decoding), times);
  }

  /**
   * Starts to read for a station that needs no network, and stands alone.
   *
   * @param units the task's files, pulled on its own thread
   * @param maximumBytes a larger file is not read
   */
  public static ImagePipeline through(
      Station station,
      Iterator<ImageUnit> units,
      DecodeSettings decoding,
      PipelineSettings pipeline,
      long maximumBytes) {
    StageTimes times = new StageTimes();
    StationLine line = new StationLine(station, List.of(), new PixelPool(PIXEL_BYTES));
    ExecutorHealth health = ExecutorHealth.HERE;
    DecodeAhead ahead =
        new DecodeAhead(
            units,
            new ReadAhead(pipeline, maximumBytes, InFlight.UNWATCHED, health, times),
            line,
            () -> new BytesDecoder(decoding, line, times),
            pipeline,
            health,
            times);
    return new ImagePipeline(() -> {}, line, line.over(ahead), times);
  }

  /**
   * Opens all networks and gives each something small to look at, to see that they work at all.
   *
   * @return where they compute, as {@link org.retinaspark.udf.runtime.Provider#label()} has it; one
   *     place, or more with that of the detector first
   */
  public static List<String> probe(
      DetectSettings settings, Executor executor, Supplier<byte[]> model)
      throws InterruptedException {
    StageTimes times = new StageTimes();
    try (StationNetworks networks = networks(settings, executor, model, times);
        StationLine line = line(settings, networks, model, times)) {
      trial(settings, executor.sessions().open(settings.session(), model)).run();
      line.tryOut();
      return networks.providers();
    }
  }

  private static StationNetworks networks(
      DetectSettings settings, Executor executor, Supplier<byte[]> model, StageTimes times) {
    SessionLease session = executor.sessions().open(settings.session(), model);
    SessionGuard guard =
        new SessionGuard(session.facts().provider(), trial(settings, session)::run, executor.end());
    return new StationNetworks(executor.sessions(), settings.batching(), guard, times);
  }

  private static ImageTrial trial(DetectSettings settings, SessionLease session) {
    Inference inference = settings.batching().inference(session);
    return new ImageTrial(
        settings.model(), settings.detector(), inference, () -> session.tensors(1));
  }

  private static StationLine line(
      DetectSettings settings, StationNetworks networks, Supplier<byte[]> model, StageTimes times) {
    StationNetwork network = networks.open(settings.session(), model);
    Station first = new FirstStation<>(look(settings), network, times);
    List<Station> others =
        settings.stations().stream().map(factory -> factory.open(networks)).toList();
    return new StationLine(first, others, new PixelPool(PIXEL_BYTES));
  }

  private static Look<?> look(DetectSettings settings) {
    return settings.sampling() == null
        ? new DetectionLook(settings.model(), settings.detector())
        : SamplingLook.of(settings.model(), settings.sampling());
  }

  /**
   * Whether there is another image; waits for it.
   *
   * @throws InterruptedException if the task is killed
   */
  public boolean hasNext() throws InterruptedException {
    return finished.hasNext();
  }

  /**
   * What became of the next image.
   *
   * @throws BrokenExecutorException if the executor can't go on
   * @throws InterruptedException if the task is killed
   */
  public ImageResult next() throws InterruptedException {
    long start = System.nanoTime();
    long elsewhere = elsewhere();
    try (ImageInProgress image = finished.next()) {
      return image.result();
    } finally {
      times.add(Stage.POST, System.nanoTime() - start - (elsewhere() - elsewhere));
    }
  }

  /** What the task's own thread spent so far in the two stages that have their own clocks. */
  private long elsewhere() {
    return times.of(Stage.DECODE_WAIT) + times.of(Stage.NETWORK);
  }

  /** Stops reading and decoding, and gives up what is on its way; waits for none of it. */
  @Override
  public void close() {
    finished.close();
    line.close();
    giveUpNetworks.run();
  }
}
