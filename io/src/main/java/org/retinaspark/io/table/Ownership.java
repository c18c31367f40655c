package org.retinaspark.io.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.MessageType;
import org.retinaspark.io.UnusableLocationException;
import org.retinaspark.io.facetable.ColumnNames;

/**
 * Tells a table's files from all else that lies in its folder, which nobody may change. A file is
 * the table's if the manifest lists it, or if a draft wrote it. Manifests of earlier versions list
 * none, and those of tables that were written anew by Spark list others; there a file is known by
 * its name and its columns.
 */
final class Ownership {

  private final TableLocation table;
  private final DraftFolder draft;
  private final List<String> present;
  private final Set<String> listed;
  private final Set<String> ours;

  private Ownership(
      TableLocation table, DraftFolder draft, List<String> present, Set<String> listed)
      throws IOException {
    this.table = table;
    this.draft = draft;
    this.present = present;
    this.listed = listed;
    this.ours = new HashSet<>();
    for (String part : present) {
      if (isOurs(part)) {
        ours.add(part);
      }
    }
  }

  /** Looks at what is there. */
  static Ownership of(TableLocation table) throws IOException {
    List<String> present = table.parts().list();
    Set<String> listed = listed(table);
    if (present.stream().noneMatch(listed::contains)) {
      listed = Set.of();
    }
    return new Ownership(table, DraftFolder.of(table), present, listed);
  }

  private static Set<String> listed(TableLocation table) {
    Set<String> listed = new HashSet<>();
    try {
      table
          .manifest()
          .map(manifest -> manifest.path(Publication.FILES))
          .ifPresent(files -> files.forEach((JsonNode file) -> listed.add(file.asText())));
    } catch (UnusableLocationException damaged) {
      return Set.of();
    }
    return listed;
  }

  /**
   * What to tell who reads a table that has other files than its manifest lists. One that was
   * written anew by somebody else has none of these, and is as he made it.
   *
   * @param present the files that are read
   */
  static List<String> doubts(TableLocation table, List<String> present) {
    Set<String> lost = new HashSet<>(listed(table));
    List<String> others = new ArrayList<>(present);
    others.removeAll(lost);
    if (!lost.removeAll(Set.copyOf(present))) {
      return List.of();
    }
    List<String> doubts = new ArrayList<>();
    if (!lost.isEmpty()) {
      doubts.add(
          ("%d files of the table at '%s' are gone, such as '%s': their images are missing in what"
                  + " is made of it. Restore them, or have 'detect --resume' do the images again")
              .formatted(lost.size(), table.uri(), Collections.min(lost)));
    }
    if (!others.isEmpty()) {
      doubts.add(
          ("%d files in the table at '%s' are not of the run that made it, such as '%s': they are"
                  + " read too. Move them elsewhere if they don't belong there")
              .formatted(others.size(), table.uri(), Collections.min(others)));
    }
    return doubts;
  }

  private boolean isOurs(String part) throws IOException {
    String name = new Path(part).getName();
    return listed.contains(part)
        || draft.wrote(name)
        || (listed.isEmpty() && DraftMark.isSparks(name) && hasColumns(part));
  }

  private boolean hasColumns(String part) throws IOException {
    HadoopInputFile file =
        HadoopInputFile.fromStatus(
            table.files().getFileStatus(new Path(table.paths().root(), part)),
            table.files().getConf());
    try (ParquetFileReader reader = ParquetFileReader.open(file)) {
      MessageType schema = reader.getFileMetaData().getSchema();
      return schema.containsField(ColumnNames.IMAGE)
          && schema.containsField(ColumnNames.URI)
          && schema.containsField(ColumnNames.STATUS);
    } catch (FileNotFoundException | RuntimeException noParquet) {
      return false;
    }
  }

  /** The table's files. */
  List<String> parts() {
    return present.stream().filter(ours::contains).toList();
  }

  /** Something that is not ours where a run writes or deletes, by its path below the folder. */
  Optional<String> foreign() throws IOException {
    Optional<String> visible =
        present.stream().filter(part -> !ours.contains(part)).sorted().findFirst();
    if (visible.isPresent()) {
      return visible;
    }
    Optional<String> hidden = draft.foreign();
    return hidden.isPresent() ? hidden : foreignName();
  }

  /** A file that has the name of one that a run writes, where there is no table of ours. */
  private Optional<String> foreignName() throws IOException {
    if (!ours.isEmpty() || draft.isOurs()) {
      return Optional.empty();
    }
    for (Path path : List.of(table.paths().manifest(), table.paths().success())) {
      if (table.files().exists(path)) {
        return Optional.of(path.getName());
      }
    }
    return Optional.empty();
  }
}
