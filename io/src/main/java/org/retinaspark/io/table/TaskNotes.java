package org.retinaspark.io.table;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.fs.Path;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.retinaspark.io.DamagedFileException;

/**
 * Keys that tasks note in a hidden folder of an unfinished run, a file a task; gone with the run's
 * chunks. Travels to executors.
 */
public final class TaskNotes implements Serializable {

  private static final long serialVersionUID = 1L;

  private final String folder;
  private final int session;
  private final Broadcast<SerializableConfiguration> hadoop;
  private final TreeSet<String> known;

  private TaskNotes(
      String folder, int session, Broadcast<SerializableConfiguration> hadoop, Set<String> known) {
    this.folder = folder;
    this.session = session;
    this.hadoop = hadoop;
    this.known = new TreeSet<>(known);
  }

  /**
   * The notes of a session of a run, with what earlier sessions left.
   *
   * @throws IOException if that can't be read
   */
  static TaskNotes of(TableLocation table, int session, Broadcast<SerializableConfiguration> hadoop)
      throws IOException {
    Path folder = table.paths().notes();
    Set<String> known = new TreeSet<>();
    for (String name : table.names(folder)) {
      known.addAll(keys(new JsonFile(table.files(), new Path(folder, name))));
    }
    return new TaskNotes(folder.toString(), session, hadoop, known);
  }

  /** What was left by earlier sessions. */
  public Set<String> known() {
    return known;
  }

  /**
   * What an earlier attempt of a task left.
   *
   * @throws IOException if it can't be read
   */
  public Set<String> read(String task) throws IOException {
    return new TreeSet<>(keys(file(task)));
  }

  /**
   * Notes keys in place of those noted before; none, to forget the task.
   *
   * @throws IOException if that can't be written
   */
  public void write(String task, Set<String> keys) throws IOException {
    JsonFile file = file(task);
    if (keys.isEmpty()) {
      file.files().delete(file.path(), false);
    } else {
      file.write(keys);
    }
  }

  private JsonFile file(String task) throws IOException {
    Path path = new Path(folder, "%03d-%s.json".formatted(session, task));
    return new JsonFile(path.getFileSystem(hadoop.value().value()), path);
  }

  private static List<String> keys(JsonFile file) throws IOException {
    try {
      return List.of(file.read(String[].class));
    } catch (DamagedFileException | FileNotFoundException none) {
      // A note is a hint: without it an image is tried once more.
      return List.of();
    }
  }
}
