package org.retinaspark.job.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.util.Utils;
import org.retinaspark.io.RootCause;

/**
 * Whether Spark and the native libraries can put files on local disks: what Spark moves between
 * stages, and the libraries that ONNX Runtime and JNA unpack.
 *
 * @param folders Spark's local folders and Java's for temporary files
 */
record ScratchCheck(Set<Path> folders) implements Check {

  /** A listing of ten million keys is sorted in less. */
  private static final long LEAST_ROOM = 1L << 30;

  static ScratchCheck of(SparkConf settings) {
    Set<Path> folders = new LinkedHashSet<>();
    Stream.of(Utils.getConfiguredLocalDirs(settings)).map(Path::of).forEach(folders::add);
    folders.add(Path.of(System.getProperty("java.io.tmpdir")));
    return new ScratchCheck(folders);
  }

  @Override
  public String subject() {
    return "local disk";
  }

  @Override
  public List<Finding> look() {
    return folders.stream().map(this::look).toList();
  }

  private Finding look(Path folder) {
    String remedy = "name another folder with --conf spark.local.dir=DIR and -Djava.io.tmpdir=DIR";
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, "retinaspark-", ".probe"));
      long room = Files.getFileStore(folder).getUsableSpace();
      String found = "%s has %s free".formatted(folder, MemoryNeed.text(room));
      return room >= LEAST_ROOM
          ? Finding.ok(subject(), found)
          : Finding.warning(
              subject(), found, "Spark may find it full in the middle of a run", remedy);
    } catch (IOException refused) {
      return Finding.problem(
          subject(),
          "%s can't be written (%s)".formatted(folder, RootCause.text(refused)),
          "Spark and ONNX Runtime can't start",
          remedy);
    }
  }
}
