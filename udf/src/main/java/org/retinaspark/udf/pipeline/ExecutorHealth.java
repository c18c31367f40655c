package org.retinaspark.udf.pipeline;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import org.jspecify.annotations.Nullable;

/**
 * What the tasks of this executor have met that is no single image's failure: threads that hang
 * where nothing ends them, and reads that are all denied. Safe for use by several threads.
 */
final class ExecutorHealth {

  /** The one of this JVM. */
  static final ExecutorHealth HERE = new ExecutorHealth(64, 200);

  private final int mostLeftBehind;
  private final int mostDenied;
  private int leftBehind;
  private int denied;
  private ImageInput.@Nullable Content lastRead;

  /**
   * A healthy executor.
   *
   * @param mostLeftBehind threads that hang before no more are started
   * @param mostDenied reads in a row that are denied before the executor's rights are doubted
   */
  ExecutorHealth(int mostLeftBehind, int mostDenied) {
    this.mostLeftBehind = mostLeftBehind;
    this.mostDenied = mostDenied;
  }

  /**
   * A thread is left behind, and another takes its place.
   *
   * @return how many hang, this one included
   * @throws BrokenExecutorException if there are too many of them
   */
  synchronized int leaveBehind() {
    if (leftBehind >= mostLeftBehind) {
      throw new BrokenExecutorException(
          ("%d threads of this executor hang in reading or decoding, which nothing can end: the"
                  + " task fails, for another executor to try it. If reading hangs everywhere, look"
                  + " at the store or mount")
              .formatted(leftBehind));
    }
    return ++leftBehind;
  }

  /** Threads may outlive their task; each tells when it doesn't any more. */
  synchronized void outlived(int threads) {
    leftBehind += threads;
  }

  /** A thread that was left behind has ended after all. */
  synchronized void cameBack() {
    leftBehind--;
  }

  /** A file could be read, all by itself. */
  synchronized void wasRead(ImageInput.Content content) {
    denied = 0;
    lastRead = content;
  }

  /**
   * A file could not be read for lack of rights. After many in a row a file that could be read
   * before is tried again: if it is denied too, the rights of the executor are gone, and not only
   * those to some files.
   *
   * @throws BrokenExecutorException if the executor may not read any more
   */
  void wasDenied(String uri) {
    ImageInput.Content before;
    synchronized (this) {
      if (++denied < mostDenied) {
        return;
      }
      before = lastRead;
    }
    requireRights(uri, before);
    synchronized (this) {
      denied = 0;
    }
  }

  private void requireRights(String uri, ImageInput.@Nullable Content before) {
    try {
      if (before != null) {
        before.read();
        return;
      }
    } catch (AccessDeniedException gone) {
      // what could be read can't be read any more
    } catch (IOException another) {
      return;
    }
    throw new BrokenExecutorException(
        ("the last %d reads of this executor were denied, '%s' the last of them%s: nothing of them"
                + " is kept. Renew the credentials, and go on with --resume; what nobody may read"
                + " has to be taken out of --input")
            .formatted(mostDenied, uri, before == null ? "" : ", and so is what it read before"));
  }
}
