package org.retinaspark.io.matlab;

import java.io.IOException;
import org.retinaspark.io.GroundTruthException;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.Array;
import us.hebi.matlab.mat.types.Cell;
import us.hebi.matlab.mat.types.Char;
import us.hebi.matlab.mat.types.Matrix;
import us.hebi.matlab.mat.types.Sources;

/** The variables of one MATLAB 5 file, by name, with errors that name the file. */
public final class MatFile {

  private final String name;
  private final us.hebi.matlab.mat.types.MatFile content;

  private MatFile(String name, us.hebi.matlab.mat.types.MatFile content) {
    this.name = name;
    this.content = content;
  }

  /**
   * Reads a file's content.
   *
   * @throws GroundTruthException if the bytes aren't a MATLAB 5 file
   */
  public static MatFile read(String name, byte[] bytes) {
    try {
      return new MatFile(name, Mat5.newReader(Sources.wrap(bytes)).readMat());
    } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
      // The reader believes the sizes and depths that a file claims, and asks for such memory.
      throw new GroundTruthException(
          "%s isn't a MATLAB 5 file (%s); use the .mat files of the official release, or save with -v7"
              .formatted(name, e.getMessage()),
          e);
    }
  }

  /** Whether the file has a variable. */
  public boolean has(String variable) {
    for (us.hebi.matlab.mat.types.MatFile.Entry entry : content.getEntries()) {
      if (entry.getName().equals(variable)) {
        return true;
      }
    }
    return false;
  }

  /**
   * A variable that is a cell.
   *
   * @throws GroundTruthException if it isn't there, or is something else
   */
  public Cell cell(String variable) {
    return as(Cell.class, array(variable), variable);
  }

  /**
   * A variable that is a matrix.
   *
   * @throws GroundTruthException if it isn't there, or is something else
   */
  public Matrix matrix(String variable) {
    return as(Matrix.class, array(variable), variable);
  }

  /**
   * The cell in a list.
   *
   * @throws GroundTruthException if there is none
   */
  public Cell cell(Cell list, int index, String variable) {
    return as(Cell.class, element(list, index, variable), variable);
  }

  /**
   * The text in a list.
   *
   * @throws GroundTruthException if there is none
   */
  public String text(Cell list, int index, String variable) {
    Char text = as(Char.class, element(list, index, variable), variable);
    return text.getNumElements() == 0 ? "" : text.getString();
  }

  /**
   * The matrix in a list.
   *
   * @throws GroundTruthException if there is none
   */
  public Matrix matrix(Cell list, int index, String variable) {
    return as(Matrix.class, element(list, index, variable), variable);
  }

  private Array array(String variable) {
    if (!has(variable)) {
      throw new GroundTruthException(
          "%s has no variable %s, so it isn't the ground truth that is looked for; use the files of the official release"
              .formatted(name, variable));
    }
    return content.<Array>getArray(variable);
  }

  private Array element(Cell list, int index, String variable) {
    if (index >= list.getNumElements()) {
      throw new GroundTruthException(
          "%s: variable %s holds %d elements where another variable has more; the file is damaged, fetch it again"
              .formatted(name, variable, list.getNumElements()));
    }
    return list.get(index);
  }

  private <T extends Array> T as(Class<T> type, Array array, String variable) {
    if (!type.isInstance(array)) {
      throw new GroundTruthException(
          "%s: variable %s holds %s where %s is expected; use the files of the official release"
              .formatted(name, variable, array.getType(), type.getSimpleName()));
    }
    return type.cast(array);
  }
}
