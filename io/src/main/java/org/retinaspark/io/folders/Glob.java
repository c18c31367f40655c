package org.retinaspark.io.folders;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.GlobExpander;
import org.apache.hadoop.fs.GlobPattern;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.security.AccessControlException;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.folders.PassedOver.Reason;

/**
 * A glob as Hadoop understands it: {@code *}, {@code ?}, {@code [a-c]}, {@code [^a]}, {@code
 * {a,b/c}}, and a backslash before what should mean itself. Hadoop's own walk over it fails at
 * names with a colon, and leaves out links that lead nowhere.
 */
public final class Glob {

  private static final Pattern WILDCARD = Pattern.compile("[*?\\[{]");
  private static final String ESCAPED = "(?s)\\\\(.)";

  private final FileSystem files;
  private final Path pattern;
  private final PassedOverCounter passedOver;

  /**
   * A glob on a file system.
   *
   * @param passedOver counts what may match and can't be told
   */
  public Glob(FileSystem files, Path pattern, PassedOverCounter passedOver) {
    this.files = files;
    this.pattern = pattern;
    this.passedOver = passedOver;
  }

  /** The folders before the first wildcard. */
  public Path fixedPart() {
    Path fixed = path("/");
    for (String part : pattern.toUri().getPath().split("/", -1)) {
      if (WILDCARD.matcher(part.replaceAll(ESCAPED, "")).find()) {
        break;
      }
      fixed = part.isEmpty() ? fixed : child(fixed, literal(part));
    }
    return fixed;
  }

  /** What matches, by its path; a link that leads nowhere is a file of unknown length. */
  public Collection<FileStatus> matches() throws IOException {
    Map<Path, FileStatus> matches = new TreeMap<>();
    for (String expanded : GlobExpander.expand(pattern.toUri().getPath())) {
      List<Candidate> candidates = List.of(new Candidate(path("/"), null));
      for (String part : expanded.split("/", -1)) {
        candidates = part.isEmpty() ? candidates : below(candidates, part);
      }
      for (Candidate candidate : candidates) {
        FileStatus status = status(candidate);
        if (status != null) {
          matches.put(status.getPath(), status);
        }
      }
    }
    return matches.values();
  }

  /** What matches the first parts of the pattern; without a status it may not be there. */
  private record Candidate(Path path, @Nullable FileStatus status) {}

  private List<Candidate> below(List<Candidate> folders, String part) throws IOException {
    GlobPattern name = pattern(part);
    List<Candidate> below = new ArrayList<>();
    for (Candidate folder : folders) {
      if (!name.hasWildcard()) {
        below.add(new Candidate(child(folder.path(), literal(part)), null));
      } else if (folder.status() == null || folder.status().isDirectory()) {
        for (FileStatus child : children(folder.path())) {
          if (name.matches(child.getPath().getName())) {
            below.add(new Candidate(child.getPath(), child));
          }
        }
      }
    }
    return below;
  }

  private static GlobPattern pattern(String part) throws IOException {
    try {
      return new GlobPattern(part);
    } catch (RuntimeException wrong) { // its own type stands in a package that is Hadoop's alone
      throw new IOException(
          "there is no such file or folder, and '%s' is no glob: %s"
              .formatted(part, wrong.getMessage()),
          wrong);
    }
  }

  private static String literal(String part) {
    return part.replaceAll(ESCAPED, "$1");
  }

  private List<FileStatus> children(Path folder) throws IOException {
    List<FileStatus> children = new ArrayList<>();
    try {
      if (files instanceof RawLocalFileSystem) {
        for (String name : LocalTree.names(folder, passedOver)) {
          FileStatus status = status(new Candidate(child(folder, name), null));
          if (status != null) {
            children.add(status);
          }
        }
        return children;
      }
      RemoteIterator<FileStatus> listed = files.listStatusIterator(folder);
      while (listed.hasNext()) {
        FileStatus child = listed.next();
        if (!child.getPath().equals(folder)) { // a file is listed as itself
          children.add(child);
        }
      }
    } catch (FileNotFoundException absent) {
      // no such folder
    } catch (AccessControlException | AccessDeniedException denied) {
      passedOver.add(Reason.UNREADABLE_FOLDER, folder.toUri().getPath());
    }
    return children;
  }

  private @Nullable FileStatus status(Candidate candidate) throws IOException {
    if (candidate.status() != null) {
      return candidate.status();
    }
    try {
      return files.getFileStatus(candidate.path());
    } catch (FileNotFoundException absent) {
      boolean link = files instanceof RawLocalFileSystem && LocalTree.isLink(candidate.path());
      return link ? new FileStatus(FoundFile.UNKNOWN, false, 0, 0, 0, candidate.path()) : null;
    }
  }

  /** Not by the constructor for a parent and a child, which takes a colon for a scheme's. */
  private Path child(Path folder, String name) {
    String above = folder.toUri().getPath();
    return path(above.endsWith("/") ? above + name : above + "/" + name);
  }

  private Path path(String path) {
    return new Path(pattern.toUri().getScheme(), pattern.toUri().getAuthority(), path);
  }
}
