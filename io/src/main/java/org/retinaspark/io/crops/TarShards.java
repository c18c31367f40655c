package org.retinaspark.io.crops;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * Tar archives as WebDataset reads them: two members a face, of one name up to the first dot, the
 * crop and its JSON; numbered over all shards, since keys of images have dots and folders. What has
 * no crop is in the task's list alone.
 */
final class TarShards implements CropSink {

  /** The shard and, behind a slash, what its two members are called up to the dot. */
  private static final String SHARD = "shard";

  /** Tar's unit, of which a member takes one for its header. */
  private static final int BLOCK = 512;

  private final FileSystem files;
  private final Path folder;
  private final int task;
  private final String extension;
  private final long shardBytes;
  private final LineFile lines;
  private @Nullable TarArchiveOutputStream shard;
  private long inShard;
  private int shards;
  private int crops;

  /**
   * Shards of a task.
   *
   * @param folder the task's own
   * @param task its number, unlike that of other tasks
   * @param extension of the crops' names
   * @param shardBytes what a shard has at most, or one crop alone
   */
  TarShards(FileSystem files, Path folder, int task, String extension, long shardBytes) {
    this.files = files;
    this.folder = folder;
    this.task = task;
    this.extension = extension;
    this.shardBytes = shardBytes;
    this.lines =
        new LineFile(files, new Path(folder, "crops-%05d%s".formatted(task, LineFile.EXTENSION)));
  }

  @Override
  public void add(StoredCrop crop) throws IOException {
    if (crop.error() != null) {
      lines.add(CropLine.of(crop, Map.of()));
      return;
    }
    byte[] content = crop.content();
    String name = "%05d-%08d".formatted(task, crops++);
    byte[] json = CropLine.of(crop, Map.of());
    long bytes = stored(content) + stored(json);
    TarArchiveOutputStream open = shard;
    if (open == null || (inShard > 0 && inShard + bytes > shardBytes)) {
      open = next();
    }
    put(open, name + "." + extension, content);
    put(open, name + ".json", json);
    inShard += bytes;
    lines.add(CropLine.of(crop, Map.of(SHARD, name(shards - 1) + "/" + name)));
  }

  private TarArchiveOutputStream next() throws IOException {
    endShard();
    Path path = new Path(folder, name(shards++));
    TarArchiveOutputStream open =
        new TarArchiveOutputStream(
            new BufferedOutputStream(files.create(path, false)), StandardCharsets.UTF_8.name());
    shard = open;
    inShard = 0;
    return open;
  }

  private String name(int number) {
    return "crops-%05d-%04d.tar".formatted(task, number);
  }

  private static void put(TarArchiveOutputStream open, String name, byte[] content)
      throws IOException {
    TarArchiveEntry member = new TarArchiveEntry(name);
    member.setSize(content.length);
    member.setModTime(0); // so that the same crops are the same file
    open.putArchiveEntry(member);
    open.write(content);
    open.closeArchiveEntry();
  }

  private static long stored(byte[] content) {
    return BLOCK + (content.length + BLOCK - 1L) / BLOCK * BLOCK;
  }

  private void endShard() throws IOException {
    if (shard != null) {
      shard.close();
      shard = null;
    }
  }

  @Override
  public void close() throws IOException {
    try (lines) {
      endShard();
    }
  }
}
