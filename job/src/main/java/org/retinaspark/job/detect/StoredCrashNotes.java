package org.retinaspark.job.detect;

import java.io.IOException;
import java.util.Set;
import org.retinaspark.io.table.TaskNotes;
import org.retinaspark.udf.spark.CrashNotes;

/** Images that end executors, noted beside the chunks of the run. */
record StoredCrashNotes(TaskNotes notes) implements CrashNotes {

  private static final long serialVersionUID = 1L;

  @Override
  public Set<String> known() {
    return notes.known();
  }

  @Override
  public Set<String> read(String task) throws IOException {
    return notes.read(task);
  }

  @Override
  public void write(String task, Set<String> images) throws IOException {
    notes.write(task, images);
  }
}
