package org.retinaspark.io.crops;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A file a crop, named by {@link CropNames}, and a list of a task's crops. */
final class LooseCrops implements CropSink {

  private final FileSystem files;
  private final Path folder;
  private final String extension;
  private final LineFile lines;

  /**
   * Crops of a task.
   *
   * @param folder the task's own
   * @param task its number, unlike that of other tasks
   * @param extension of the crops' names
   */
  LooseCrops(FileSystem files, Path folder, int task, String extension) {
    this.files = files;
    this.folder = folder;
    this.extension = extension;
    // The tilde keeps the list apart from what keys are made to.
    String list = "crops%c%05d%s".formatted(CropNames.MARK, task, LineFile.EXTENSION);
    this.lines = new LineFile(files, new Path(folder, list));
  }

  @Override
  public void add(StoredCrop crop) throws IOException {
    if (crop.error() != null) {
      lines.add(CropLine.of(crop, Map.of()));
      return;
    }
    String name = CropNames.path(crop.image(), crop.index(), extension);
    try (OutputStream out = files.create(new Path(folder, name), false)) {
      out.write(crop.content());
    }
    lines.add(CropLine.of(crop, Map.of(CropLine.FILE, name)));
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
