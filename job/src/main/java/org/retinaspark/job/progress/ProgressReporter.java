package org.retinaspark.job.progress;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the progress of a run at regular times until it is closed. */
public final class ProgressReporter implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ProgressReporter.class);
  private static final Duration TERMINAL_PERIOD = Duration.ofMillis(500);
  private static final Duration LOG_PERIOD = Duration.ofSeconds(30);
  private static final String ERASE_LINE = "\r\u001b[K";

  private final Supplier<Progress> progress;
  private final PrintWriter terminal;
  private final ProgressStyle style;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(ProgressReporter::daemon);

  private ProgressReporter(Supplier<Progress> progress, PrintWriter terminal, ProgressStyle style) {
    this.progress = progress;
    this.terminal = terminal;
    this.style = style;
  }

  /** Starts to report. */
  public static ProgressReporter start(
      Supplier<Progress> progress, PrintWriter terminal, ProgressStyle style) {
    ProgressReporter reporter = new ProgressReporter(progress, terminal, style.resolved());
    reporter.schedule();
    return reporter;
  }

  private void schedule() {
    if (style == ProgressStyle.NONE) {
      return;
    }
    long period = (style == ProgressStyle.TERMINAL ? TERMINAL_PERIOD : LOG_PERIOD).toMillis();
    var unused = timer.scheduleAtFixedRate(this::report, period, period, TimeUnit.MILLISECONDS);
  }

  private void report() {
    String line = progress.get().line();
    if (style == ProgressStyle.TERMINAL) {
      terminal.print(ERASE_LINE + line);
      terminal.flush();
    } else {
      LOG.info("{}", line);
    }
  }

  /** Ends the reports, and gives the terminal its line back. */
  @Override
  public void close() {
    timer.shutdownNow();
    if (style == ProgressStyle.TERMINAL) {
      terminal.print(ERASE_LINE);
      terminal.flush();
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "retinaspark-progress");
    thread.setDaemon(true);
    return thread;
  }
}
