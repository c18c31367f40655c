package org.retinaspark.job.crop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.retinaspark.job.LocalSpark;

/** Photos in archives and tables, under their own names. */
final class PhotoContainers {

  private PhotoContainers() {}

  static void tar(Path archive, Path... members) throws IOException {
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(Files.newOutputStream(archive))) {
      for (Path member : members) {
        tar.putArchiveEntry(new TarArchiveEntry(member, member.getFileName().toString()));
        Files.copy(member, tar);
        tar.closeArchiveEntry();
      }
    }
  }

  static void zip(Path archive, Path... members) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
      for (Path member : members) {
        zip.putNextEntry(new ZipEntry(member.getFileName().toString()));
        Files.copy(member, zip);
      }
    }
  }

  static void table(Path table, Path... members) throws IOException {
    List<Row> rows = new ArrayList<>();
    for (Path member : members) {
      rows.add(RowFactory.create(member.getFileName().toString(), Files.readAllBytes(member)));
    }
    LocalSpark.session()
        .createDataFrame(rows, new StructType().add("key", "string").add("content", "binary"))
        .coalesce(1)
        .write()
        .parquet(table.toString());
  }
}
