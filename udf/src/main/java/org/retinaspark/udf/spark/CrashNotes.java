package org.retinaspark.udf.spark;

import java.io.IOException;
import java.io.Serializable;
import java.util.Set;

/**
 * What is remembered of images across the death of executors: where it is kept is the matter of who
 * stores the table. Travels to executors.
 */
public interface CrashNotes extends Serializable {

  /** The images that ended executors in earlier sessions of the run. */
  Set<String> known();

  /**
   * The images that were in work when executors died in earlier attempts of a task.
   *
   * @param task names the task, the same in all its attempts
   * @throws IOException if they can't be read
   */
  Set<String> read(String task) throws IOException;

  /**
   * Notes the images that are to be known if the executor dies now; none, to forget the task.
   *
   * @throws IOException if they can't be written
   */
  void write(String task, Set<String> images) throws IOException;

  /** Remembers nothing. */
  CrashNotes NONE =
      new CrashNotes() {

        private static final long serialVersionUID = 1L;

        @Override
        public Set<String> known() {
          return Set.of();
        }

        @Override
        public Set<String> read(String task) {
          return Set.of();
        }

        @Override
        public void write(String task, Set<String> images) {}
      };
}
