package org.retinaspark.io.images;

import java.io.Serializable;
import org.apache.hadoop.fs.GlobPattern;

/**
 * A glob on paths below an input. {@code *} stands for anything, folders too; two of them and a
 * slash for folders or none; {@code ?}, {@code [a-c]}, {@code {a,b}} and a backslash are as Hadoop
 * has them. A pattern without a slash is for the last name of a path alone.
 */
public final class PathPattern implements Serializable {

  private static final long serialVersionUID = 1L;

  private final String text;
  private final transient GlobPattern glob;

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException if it is none
   */
  public PathPattern(String text) {
    this.text = text;
    try {
      this.glob = new GlobPattern(text.replace("**/", "{,*/}"));
    } catch (RuntimeException wrong) { // its own type stands in a package that is Hadoop's alone
      throw new IllegalArgumentException(wrong.getMessage(), wrong);
    }
  }

  boolean matches(String path) {
    return glob.matches(text.contains("/") ? path : path.substring(path.lastIndexOf('/') + 1));
  }

  private Object readResolve() {
    return new PathPattern(text);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PathPattern pattern && pattern.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
