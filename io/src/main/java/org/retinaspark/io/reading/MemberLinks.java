package org.retinaspark.io.reading;

import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.reading.Archive.Kind;

/**
 * The links of an archive, which are followed once all of its members are known: what they lead to
 * may stand behind them, and be a link itself, or lie in a folder that is one.
 */
final class MemberLinks {

  /** Links on the way to a file, at most: Linux' {@code MAXSYMLINKS}. */
  private static final int STEPS = 40;

  /** Characters of a path on the way, since each folder that is a link may add to it. */
  private static final int PATH_LIMIT = 1 << 12;

  /** Characters of all paths, so that hostile archives don't fill the memory. */
  private static final int ROOM = 1 << 24;

  /**
   * A link.
   *
   * @param target the path in the archive that it leads to; nothing if that is outside
   * @param place where the file is that a hard link is another name of, if it stands before
   */
  private record Link(@Nullable String target, @Nullable Long place) {}

  /**
   * An image that is a link.
   *
   * @param name its own name in the archive, as the key has it
   * @param target what it leads to, for people
   * @param place where its content is; nothing if it is nowhere
   * @param reason why it is nowhere
   */
  record Image(String name, String target, @Nullable Long place, String reason) {

    /** Why there is no content. */
    String missing(String archive) {
      return "'%s' of '%s' is a link to '%s', which %s".formatted(name, archive, target, reason);
    }
  }

  /** An image that is to be followed. */
  private record Wanted(String name, String target, Link link) {

    Image at(Long place) {
      return new Image(name, target, place, "");
    }

    Image lost(String reason) {
      return new Image(name, target, null, reason);
    }
  }

  private final Map<String, Link> links = new HashMap<>();
  private final List<Wanted> images = new ArrayList<>();
  private int room = ROOM;

  /**
   * Takes a link.
   *
   * @param path its path in the archive
   * @param key its name, if it is an image; nothing if others only lead over it
   * @param written where it leads to, as the archive has it
   * @return whether there was room for it
   */
  boolean add(String path, @Nullable String key, Kind kind, String written, MemberNames names) {
    room -= path.length() + 2 * written.length();
    if (room < 0) {
      return false;
    }
    boolean hard = kind == Kind.HARD_LINK;
    String target = target(hard || written.startsWith("/") ? "" : folder(path), written);
    Link link = new Link(target, hard && target != null ? names.place(target) : null);
    links.put(path, link);
    if (key != null) {
      images.add(new Wanted(key, written, link));
    }
    return true;
  }

  /** All images that are links, those without content first, then in the order of their places. */
  List<Image> follow(MemberNames names) throws InterruptedIOException {
    List<Image> followed = new ArrayList<>(images.size());
    for (Wanted image : images) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException("interrupted between two links");
      }
      followed.add(follow(image, names));
    }
    followed.sort(
        Comparator.comparing(Image::place, Comparator.nullsFirst(Comparator.naturalOrder())));
    return followed;
  }

  private Image follow(Wanted image, MemberNames names) {
    Link link = image.link();
    for (int step = 0; step < STEPS; step++) {
      String path = link.target();
      if (path == null) {
        return image.lost("leads out of the archive");
      }
      if (path.length() > PATH_LIMIT) {
        return image.lost("leads over a path of more than %d characters".formatted(PATH_LIMIT));
      }
      Long place = link.place() == null ? names.place(path) : link.place();
      if (place != null) {
        return image.at(place);
      }
      Link next = links.get(path);
      if (next == null) {
        next = overFolder(path);
      }
      if (next == null) {
        return image.lost("is no file of the archive");
      }
      link = next;
    }
    return image.lost("leads in a circle");
  }

  /** The way on if a folder of the path is a link. */
  private @Nullable Link overFolder(String path) {
    for (int end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
      Link folder = links.get(path.substring(0, end));
      if (folder != null) {
        String target = folder.target();
        return new Link(target == null ? null : target(target, path.substring(end + 1)), null);
      }
    }
    return null;
  }

  private static String folder(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  /** A path from a folder; nothing if it leads out of the archive. */
  private static @Nullable String target(String folder, String path) {
    Deque<String> parts = new ArrayDeque<>();
    for (String part : (folder + "/" + path).split("/", -1)) {
      if (part.equals("..")) {
        if (parts.pollLast() == null) {
          return null;
        }
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    return String.join("/", parts);
  }
}
