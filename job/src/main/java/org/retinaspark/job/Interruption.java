package org.retinaspark.job;

import java.io.PrintWriter;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.config.Configurator;

/**
 * Says how to go on when the process is told to end (Ctrl-C, SIGTERM) while a command works. Spark
 * ends at the same moment, in the middle of its tasks: what fails from then on says nothing.
 */
public final class Interruption implements AutoCloseable {

  private static final AtomicBoolean UNDER_WAY = new AtomicBoolean();

  private final Thread hook;

  private Interruption(Thread hook) {
    this.hook = hook;
  }

  /**
   * Watches until it is closed.
   *
   * @param advice what is said then
   */
  public static Interruption watch(PrintWriter errors, String advice) {
    Thread hook = new Thread(() -> tell(errors, advice), "retinaspark-interruption");
    Runtime.getRuntime().addShutdownHook(hook);
    return new Interruption(hook);
  }

  static void tell(PrintWriter errors, String advice) {
    UNDER_WAY.set(true);
    Configurator.setAllLevels(LogManager.ROOT_LOGGER_NAME, Level.OFF);
    errors.println();
    errors.println("retinaspark: interrupted. " + advice);
    errors.flush();
  }

  /** Whether the process was told to end while a command worked. */
  public static boolean isUnderWay() {
    return UNDER_WAY.get();
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      // The hook has its turn.
    }
  }
}
