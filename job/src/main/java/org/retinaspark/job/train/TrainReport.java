package org.retinaspark.job.train;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.retinaspark.io.Destination;
import org.retinaspark.io.FileLocation;
import org.retinaspark.io.WholeFile;
import org.retinaspark.io.WritePolicy;
import org.retinaspark.job.UsageException;

/**
 * The folder that tells of a training: a page and the record of the run.
 *
 * @param location as the user has it
 * @param policy whether one that is there is replaced
 */
record TrainReport(String location, WritePolicy policy, Configuration hadoop) {

  private static final String PAGE = "report.html";

  private static final String MANIFEST = "_run.json";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /**
   * Tries writing before any work is done.
   *
   * @param labels where they are
   * @throws UsageException if there is a report, and may not be
   * @throws org.retinaspark.io.UnusableLocationException if it is what is read, or can't be written
   * @throws IOException if the file system doesn't say
   */
  void requireWritable(String labels) throws IOException {
    Destination destination = new Destination(location, hadoop);
    destination.requireOutside(labels);
    FileLocation folder = FileLocation.of(location, hadoop);
    for (String name : new String[] {PAGE, MANIFEST}) {
      if (policy == WritePolicy.CREATE && folder.files().exists(new Path(folder.path(), name))) {
        throw new UsageException(
            "--report '%s' has a %s already: nothing was done. Choose another, or give --overwrite"
                .formatted(location, name));
      }
    }
    destination.tryWriting(folder.path());
  }

  /** Writes both. */
  void write(TrainManifest manifest, TrainSummary summary) throws IOException {
    FileLocation folder = FileLocation.of(location, hadoop);
    folder.files().mkdirs(folder.path());
    byte[] json = JSON.writeValueAsBytes(manifest);
    String page = new TrainPage(summary).html(new String(json, StandardCharsets.UTF_8));
    put(new Path(folder.path(), PAGE), page.getBytes(StandardCharsets.UTF_8));
    put(new Path(folder.path(), MANIFEST), json);
  }

  private void put(Path file, byte[] content) {
    new WholeFile(file, hadoop).write(out -> out.write(content));
  }
}
