package org.retinaspark.udf.spark;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.jspecify.annotations.Nullable;
import org.retinaspark.udf.pipeline.FailedImageException;
import org.retinaspark.udf.pipeline.ImageInput;
import org.retinaspark.udf.pipeline.ImageUnit;

/** Images out of the cells of a column, named by their place in the task. */
final class CellImages implements Iterator<ImageUnit> {

  private final Iterator<byte[]> cells;
  private final int partition = TaskContext.getPartitionId();
  private long row;

  CellImages(Iterator<byte[]> cells) {
    this.cells = cells;
  }

  @Override
  public boolean hasNext() {
    return cells.hasNext();
  }

  @Override
  public ImageUnit next() {
    byte @Nullable [] cell = cells.next();
    String name = "row %d of partition %d".formatted(row++, partition);
    return ImageUnit.of(
        new ImageInput(
            name,
            null,
            name,
            cell == null ? 0 : cell.length,
            null,
            null,
            List.of(),
            () -> content(cell)));
  }

  private static byte[] content(byte @Nullable [] cell) {
    if (cell == null) {
      throw new FailedImageException("null", "the column has no image in this row, but null");
    }
    return cell;
  }
}
