package org.retinaspark.io.crops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.retinaspark.io.UnusableLocationException;

/**
 * The files that a run of ours put into a folder of crops, by its own lists: the manifest's, and
 * those of the {@code .jsonl} that it names. Their names are held in memory.
 */
final class OwnCrops {

  /** The manifest's list of files in the folder itself. */
  static final String FILES = "files";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final FileSystem files;
  private final Path root;
  private final Set<String> names;
  private final List<Path> working;

  private OwnCrops(FileSystem files, Path root, Set<String> names, List<Path> working) {
    this.files = files;
    this.root = root;
    this.names = names;
    this.working = working;
  }

  static OwnCrops of(FileSystem files, Path root, Optional<JsonNode> manifest, List<Path> working)
      throws IOException {
    Set<String> names = new HashSet<>();
    if (manifest.isPresent()) {
      for (JsonNode entry : manifest.get().path(FILES)) {
        String name = inside(entry.asText(), root);
        names.add(name);
        if (name.endsWith(LineFile.EXTENSION)) {
          addLines(files, root, name, names);
        }
      }
      names.add(CropFolder.MANIFEST);
    }
    return new OwnCrops(files, root, names, working);
  }

  private static void addLines(FileSystem files, Path root, String list, Set<String> names)
      throws IOException {
    Path path = new Path(root, list);
    if (!files.exists(path)) {
      return; // deleted by a run that died after that
    }
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(files.open(path), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode file = JSON.readTree(line).path(CropLine.FILE);
        if (file.isTextual()) {
          names.add(inside(file.asText(), root));
        }
      }
    }
  }

  /**
   * A name that a list has, if it leads nowhere else.
   *
   * @throws UnusableLocationException if it leads out of the folder
   */
  static String inside(String name, Path folder) {
    boolean leadsOut =
        name.isEmpty() || name.startsWith("/") || List.of(name.split("/", -1)).contains("..");
    if (leadsOut || name.contains(":")) {
      throw new UnusableLocationException(
          ("the lists of '%s' name '%s', which is no file in it: nothing was done. Choose another"
                  + " --output")
              .formatted(folder, name));
    }
    return name;
  }

  /** A file that is in the folder and in no list; empty if there is none. */
  Optional<String> foreign() throws IOException {
    return foreign(root, "");
  }

  private Optional<String> foreign(Path folder, String prefix) throws IOException {
    for (FileStatus entry : files.listStatus(folder)) {
      String name = prefix + entry.getPath().getName();
      Optional<String> found =
          working.contains(entry.getPath()) || names.contains(name)
              ? Optional.empty()
              : entry.isDirectory() ? foreign(entry.getPath(), name + "/") : Optional.of(name);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /**
   * Deletes them, and the folders that are empty then; the lists last, and nothing that a run works
   * with.
   */
  void delete() throws IOException {
    TreeSet<String> folders =
        new TreeSet<>(
            Comparator.comparingInt(String::length).reversed().thenComparing(name -> name));
    List<String> lists = new ArrayList<>();
    for (String name : names) {
      if (name.endsWith(LineFile.EXTENSION) || name.startsWith("_")) {
        lists.add(name);
      } else {
        files.delete(new Path(root, name), false);
      }
      for (int end = name.lastIndexOf('/'); end > 0; end = name.lastIndexOf('/', end - 1)) {
        folders.add(name.substring(0, end));
      }
    }
    for (String folder : folders) {
      Path path = new Path(root, folder);
      if (files.exists(path)
          && files.getFileStatus(path).isDirectory()
          && files.listStatus(path).length == 0) {
        files.delete(path, false);
      }
    }
    for (String list : lists) {
      if (!list.startsWith("_")) {
        files.delete(new Path(root, list), false);
      }
    }
  }
}
