package org.retinaspark.io.crops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.io.facetable.FaceArrays;
import org.retinaspark.io.facetable.ImageError;

/** Shards are of bounded size, and a crop and its JSON are neighbours of one name. */
class TarShardsTest {

  private static final int CROP = 3000;
  private static final float[] BOX = {1, 2, 3, Float.NaN};

  @TempDir private Path folder;

  @Test
  void shardsHoldAllAndNoMoreThanTheyMay() throws IOException {
    write(20_000, 10);
    List<Path> shards = shards();
    assertThat(shards).hasSizeGreaterThan(2);
    List<String> names = new ArrayList<>();
    for (Path shard : shards) {
      // What a tar ends with comes on top.
      assertThat(Files.size(shard)).isLessThanOrEqualTo(20_000 + 10_240);
      try (TarArchiveInputStream tar = new TarArchiveInputStream(Files.newInputStream(shard))) {
        for (TarArchiveEntry member = tar.getNextEntry();
            member != null;
            member = tar.getNextEntry()) {
          names.add(member.getName());
          String content = new String(tar.readAllBytes(), StandardCharsets.ISO_8859_1);
          assertThat(content.length() == CROP || content.startsWith("{\"image\":\"a/b.c.jpg\""))
              .isTrue();
        }
      }
    }
    assertThat(names).hasSize(20).doesNotHaveDuplicates();
    for (int crop = 0; crop < 20; crop += 2) {
      String name = names.get(crop).substring(0, names.get(crop).indexOf('.'));
      assertThat(names.get(crop)).isEqualTo(name + ".jpg");
      assertThat(names.get(crop + 1)).isEqualTo(name + ".json");
    }
    assertThat(Files.readAllLines(folder.resolve("crops-00007.jsonl")))
        .hasSize(11)
        .anyMatch(line -> line.contains("\"error\":{\"stage\":\"read\",\"code\":\"gone\""))
        .anyMatch(line -> line.startsWith("{\"shard\":\"crops-00007-0000.tar/00007-00000000\""));
  }

  @Test
  void aCropThatIsLargerHasAShardOfItsOwn() throws IOException {
    write(10, 3);
    assertThat(shards()).hasSize(3);
  }

  private void write(long shardBytes, int crops) throws IOException {
    FileSystem files = FileSystem.getLocal(new Configuration()).getRawFileSystem();
    org.apache.hadoop.fs.Path place = new org.apache.hadoop.fs.Path(folder.toString());
    try (TarShards shards = new TarShards(files, place, 7, "jpg", shardBytes)) {
      for (int crop = 0; crop < crops; crop++) {
        shards.add(crop(crop));
      }
      ImageError gone = new ImageError("read", "gone", "it is gone");
      shards.add(StoredCrop.failed("a/b.c.jpg", "file:/a/b.c.jpg", crops, 0.9f, BOX, gone));
    }
  }

  private static StoredCrop crop(int index) {
    return StoredCrop.made("a/b.c.jpg", "file:/a/b.c.jpg", index, 0.9f, BOX, new byte[CROP], 112)
        .turned(new FaceArrays.Pose(1, 2, 3, "points"));
  }

  private List<Path> shards() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".tar")).sorted().toList();
    }
  }

  @Test
  void linesAreJsonThatEverybodyReads() throws IOException {
    byte[] line = CropLine.of(crop(0), Map.of());
    assertThat(new String(line, StandardCharsets.UTF_8))
        .doesNotContain("\n")
        .contains("\"pose\":{\"yaw\":1.0", "\"source\":\"points\"", "\"width\":112");
  }
}
