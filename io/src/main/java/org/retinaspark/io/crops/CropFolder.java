package org.retinaspark.io.crops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.retinaspark.io.CheckedJson;
import org.retinaspark.io.DamagedFileException;
import org.retinaspark.io.LocalDisk;
import org.retinaspark.io.UnusableLocationException;
import org.retinaspark.io.WholeFile;
import org.retinaspark.io.WritePolicy;
import org.retinaspark.io.table.RunLock;

/**
 * A folder of crops. It is whole if it has a {@code _crops.json}, which comes last and lists its
 * files.
 *
 * <p>A run works in a hidden draft inside. The draft's own {@code _crops.json} says that it is
 * complete; from there on publishing may be done again from the start by anybody, until the draft
 * is gone.
 *
 * <p>Whoever writes holds the folder's {@link RunLock}, in an entry that is passed over here:
 * drafts of others are then of runs that died.
 */
public final class CropFolder {

  static final String MANIFEST = "_crops.json";
  private static final String TREES = "trees";
  private static final String DRAFTED_IN = "draft";
  private static final Pattern DRAFT =
      Pattern.compile("_draft-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final String location;
  private final Path root;
  private final FileSystem files;
  private final Configuration hadoop;

  private CropFolder(String location, Path root, FileSystem files, Configuration hadoop) {
    this.location = location;
    this.root = root;
    this.files = files;
    this.hadoop = hadoop;
  }

  /**
   * A folder's place, whether there is one or not.
   *
   * @throws UnusableLocationException if no file system serves it
   */
  public static CropFolder of(String location, Configuration hadoop) {
    try {
      Path path = new Path(location);
      FileSystem files = path.getFileSystem(hadoop);
      return new CropFolder(
          location, files.makeQualified(path), LocalDisk.orOther(files, hadoop), hadoop);
    } catch (IOException | IllegalArgumentException failure) {
      throw UnusableLocationException.because(location, failure);
    }
  }

  /** The qualified path. */
  public Path root() {
    return root;
  }

  /**
   * Checks what {@link #requireWritable} does without changing anything, for those who hold no lock
   * yet: a folder that is somebody's doesn't even get a lock.
   *
   * @throws UnusableLocationException if something stands here that may not be replaced
   * @throws IOException if the folder can't be read
   */
  public void requireFit(WritePolicy policy) throws IOException {
    List<FileStatus> present = entries();
    if (present.isEmpty()) {
      return;
    }
    if (policy == WritePolicy.CREATE) {
      throw new UnusableLocationException(
          ("output '%s' exists already: nothing was done. Choose another --output, or replace crops"
                  + " of ours with --overwrite")
              .formatted(location));
    }
    for (FileStatus entry : present) {
      if (isComplete(entry)) {
        return; // What stands here is known once that draft is published.
      }
    }
    requireOwn();
  }

  /**
   * Checks that crops may be written here, before any work is done; ends what a run that died left
   * half published, where it may be replaced.
   *
   * @throws UnusableLocationException if something stands here that may not be replaced
   * @throws IOException if the folder can't be read
   */
  public void requireWritable(WritePolicy policy) throws IOException {
    requireFit(policy);
    List<FileStatus> present = entries();
    if (present.isEmpty()) {
      return;
    }
    for (FileStatus entry : present) {
      if (isComplete(entry)) {
        finish(entry.getPath());
      }
    }
    requireOwn();
    for (FileStatus entry : present) {
      if (isDraft(entry)) {
        files.delete(entry.getPath(), true); // of a run that died
      }
    }
  }

  private boolean isComplete(FileStatus entry) throws IOException {
    return isDraft(entry) && files.exists(new Path(entry.getPath(), MANIFEST));
  }

  private void requireOwn() throws IOException {
    Optional<String> foreign = own().foreign();
    if (foreign.isPresent()) {
      throw new UnusableLocationException(
          ("output '%s' holds '%s', which the list in its _crops.json doesn't have: nothing was"
                  + " done, since it may be somebody's. Move it elsewhere, or choose another"
                  + " --output")
              .formatted(location, foreign.get()));
    }
  }

  /** A place for a new draft. */
  public Path draft() {
    return new Path(root, "_draft-" + UUID.randomUUID());
  }

  /**
   * Deletes a draft that is not to be published.
   *
   * @throws IOException if it can't be deleted
   */
  public void discard(Path draft) throws IOException {
    files.delete(draft, true);
  }

  /**
   * Makes a draft the content of the folder, in place of older crops.
   *
   * @param manifest what made the crops, a record or a map, written as JSON
   * @throws UnusableLocationException if something else was put here meanwhile; the draft stays
   * @throws IOException if the folder can't be changed; with {@code --overwrite} another run ends
   *     what was begun
   */
  public void publish(CropDraft draft, WritePolicy policy, Object manifest) throws IOException {
    for (FileStatus entry : entries()) {
      if (policy == WritePolicy.CREATE && !isDraft(entry)) {
        throw new UnusableLocationException(
            ("output '%s' got '%s' while the crops were made: they were not published, and lie in"
                    + " '%s'. Choose another --output")
                .formatted(location, entry.getPath().getName(), draft.folder()));
      }
    }
    ObjectNode listing = JSON.valueToTree(manifest);
    List<String> names = new ArrayList<>();
    for (String tree : draft.trees()) {
      for (FileStatus entry : files.listStatus(new Path(draft.folder(), tree))) {
        String name = entry.getPath().getName();
        if (entry.isFile() && !name.startsWith("_")) {
          names.add(name);
        }
      }
    }
    names.stream().sorted().forEach(listing.putArray(OwnCrops.FILES)::add);
    draft.trees().forEach(listing.putArray(TREES)::add);
    listing.put(DRAFTED_IN, draft.folder().getName());
    write(new Path(draft.folder(), MANIFEST), listing);
    finish(draft.folder());
  }

  /** Can be done again from the start, wherever it ended. */
  private void finish(Path draft) throws IOException {
    ObjectNode manifest = (ObjectNode) manifest(draft).orElseThrow();
    boolean done =
        manifest(root)
            .filter(last -> last.path(DRAFTED_IN).equals(manifest.path(DRAFTED_IN)))
            .isPresent();
    if (!done) {
      own().delete();
      files.delete(new Path(root, MANIFEST), false);
      for (JsonNode tree : manifest.path(TREES)) {
        merge(new Path(draft, OwnCrops.inside(tree.asText(), draft)), root);
      }
      manifest.remove(TREES);
      write(new Path(root, MANIFEST), manifest);
    }
    files.delete(draft, true);
  }

  /** Moves what is in a folder; what isn't there yet as a whole. */
  private void merge(Path from, Path to) throws IOException {
    for (FileStatus entry : entries(from)) {
      String name = entry.getPath().getName();
      Path target = new Path(to, name);
      if (name.startsWith("_")) {
        continue; // Spark's mark of success: ours is the manifest
      }
      if (entry.isDirectory() && files.exists(target)) {
        merge(entry.getPath(), target);
      } else if (files.exists(target) || !files.rename(entry.getPath(), target)) {
        throw new IOException(
            "'%s' could not become '%s', which may be there already"
                .formatted(entry.getPath(), target));
      }
    }
  }

  /** What the manifest lists, beside drafts and locks. */
  private OwnCrops own() throws IOException {
    List<Path> working = new ArrayList<>();
    for (FileStatus entry : entries(root)) {
      if (isDraft(entry) || isLock(entry)) {
        working.add(entry.getPath());
      }
    }
    return OwnCrops.of(files, root, manifest(root), working);
  }

  private static boolean isLock(FileStatus entry) {
    return entry.isDirectory() && entry.getPath().getName().equals(RunLock.FOLDER);
  }

  private static boolean isDraft(FileStatus entry) {
    return entry.isDirectory() && DRAFT.matcher(entry.getPath().getName()).matches();
  }

  private List<FileStatus> entries() throws IOException {
    return entries(root).stream().filter(entry -> !isLock(entry)).toList();
  }

  private List<FileStatus> entries(Path folder) throws IOException {
    try {
      return List.of(files.listStatus(folder));
    } catch (FileNotFoundException absent) {
      return List.of();
    }
  }

  private Optional<JsonNode> manifest(Path folder) throws IOException {
    Path path = new Path(folder, MANIFEST);
    if (!files.exists(path)) {
      return Optional.empty();
    }
    try (InputStream in = files.open(path)) {
      return Optional.of(CheckedJson.object(in.readAllBytes()));
    } catch (DamagedFileException damage) {
      throw new UnusableLocationException(
          ("'%s' is damaged (%s): nothing was done, since nobody knows which files are crops of"
                  + " ours. Restore it, or choose another --output")
              .formatted(path, damage.getMessage()),
          damage);
    }
  }

  private void write(Path path, JsonNode manifest) {
    new WholeFile(path, hadoop)
        .write(
            out -> {
              out.write(JSON.writeValueAsBytes(manifest));
              out.write('\n');
            });
  }
}
