package org.retinaspark.udf.image;

import java.util.Optional;

/**
 * A file that somebody's dataset has, and what must become of it.
 *
 * @param name as a file's name; unique, with an ending that a listing takes
 * @param content the file
 * @param stage where it fails: {@code read} or {@code decode}; empty if it doesn't
 * @param code the failure's code or, for an image that doesn't fail, the warning; empty if there is
 *     none
 */
public record HostileImage(String name, byte[] content, String stage, String code) {

  static HostileImage sound(String name, byte[] content) {
    return new HostileImage(name, content, "", "");
  }

  static HostileImage warned(String name, byte[] content, String warning) {
    return new HostileImage(name, content, "", warning);
  }

  static HostileImage refused(String name, byte[] content, String code) {
    return new HostileImage(name, content, content.length == 0 ? "read" : "decode", code);
  }

  /** Whether its row is to have the status {@code failed}. */
  public boolean fails() {
    return !stage.isEmpty();
  }

  /** The one warning that an image which doesn't fail is to have. */
  public Optional<String> warning() {
    return fails() || code.isEmpty() ? Optional.empty() : Optional.of(code);
  }

  @Override
  public String toString() {
    return name;
  }
}
