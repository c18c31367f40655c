package org.retinaspark.io.crops;

import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.retinaspark.io.LocalDisk;
import org.retinaspark.io.facetable.ImageError;

/**
 * A task that stores its crops as tar shards or files. Each attempt has a folder of its own in the
 * draft, so that what a dead attempt leaves is never taken for another's.
 */
final class WriteCrops implements FlatMapFunction<Iterator<StoredCrop>, WriteCrops.Written> {

  private static final long serialVersionUID = 1L;

  private final String draft;
  private final CropForm form;
  private final Broadcast<SerializableConfiguration> hadoop;

  /**
   * What an attempt stored.
   *
   * @param folder its own, in the draft
   */
  record Written(String folder, CropCounts counts) implements java.io.Serializable {}

  WriteCrops(String draft, CropForm form, Broadcast<SerializableConfiguration> hadoop) {
    this.draft = draft;
    this.form = form;
    this.hadoop = hadoop;
  }

  @Override
  public Iterator<Written> call(Iterator<StoredCrop> crops) throws IOException {
    TaskContext task = TaskContext.get();
    String name = "task-%05d-%d".formatted(task.partitionId(), task.taskAttemptId());
    Configuration configuration = hadoop.value().value();
    Path folder = new Path(draft, name);
    FileSystem files = LocalDisk.orOther(folder.getFileSystem(configuration), configuration);
    files.mkdirs(folder);
    long done = 0;
    Map<String, Long> failures = new HashMap<>();
    try (CropSink sink = sink(files, folder, task.partitionId())) {
      while (crops.hasNext()) {
        StoredCrop crop = crops.next();
        sink.add(crop);
        ImageError error = crop.error();
        if (error == null) {
          done++;
        } else {
          failures.merge(error.stage() + "/" + error.code(), 1L, Long::sum);
        }
      }
    }
    return List.of(new Written(name, new CropCounts(done, failures))).iterator();
  }

  private CropSink sink(FileSystem files, Path folder, int task) {
    return form.format() == CropFormat.TAR
        ? new TarShards(files, folder, task, form.extension(), form.fileBytes())
        : new LooseCrops(files, folder, task, form.extension());
  }
}
