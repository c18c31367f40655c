package org.retinaspark.io.samples;

import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.retinaspark.io.LocalSpark;
import org.retinaspark.io.UnusableLocationException;
import org.retinaspark.io.facetable.ColumnNames;

/** Samples come back as they were written; those that no fit can use are refused. */
final class SampleTableTest {

  private static final SampleShape SHAPE = new SampleShape(3, List.of(2, 1));
  private static final Object[] GOOD = {
    0, 1, 0, true, 5.5f, 6f, 16f, 8f, 2, 0.75f, 3f, List.of(1f, -2f, 0.5f)
  };

  @TempDir private Path folder;

  @Test
  void whatIsWrittenComesBack() {
    rows(GOOD, with(8, Sample.NO_FACE)).write().parquet(folder + "/samples");
    Dataset<Row> stored = LocalSpark.session().read().parquet(folder + "/samples");
    List<ImageSamples> images = SampleTable.of(stored, "it").samples(SHAPE).collect();
    assertThat(images).singleElement().extracting(ImageSamples::image).isEqualTo("a.jpg");
    assertThat(images.get(0).samples())
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactly(sample(2), sample(-1));
  }

  @Test
  void imagesWithoutSamplesAreLeftOut() {
    assertThat(SampleTable.of(rows(), "it").samples(SHAPE).collect()).isEmpty();
    List<Row> failed = List.of(RowFactory.create("a.jpg", null));
    Dataset<Row> rows = LocalSpark.session().createDataFrame(failed, columns());
    assertThat(SampleTable.of(rows, "it").samples(SHAPE).collect()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "1,2,'its level is 2, but the model has 2, from 0 on'",
    "2,1,'its size is 1, but level 1 has 1 anchors a cell, from 0 on'",
    "4,NaN,'its reference has its centre at NaN, 6.0'",
    "7,0,its reference is 16.0 x 0.0 pixels",
    "8,-2,its face is -2",
    "9,NaN,its IoU is NaN",
    "10,0,its weight is 0.0",
  })
  void numbersThatNoFitCanUseAreRefused(int field, String number, String fault) {
    boolean whole = GOOD[field] instanceof Integer;
    Number value = whole ? (Number) Integer.valueOf(number) : Float.valueOf(number);
    assertRefused(with(field, value), fault);
  }

  @Test
  void featuresThatNoFitCanUseAreRefused() {
    assertRefused(with(11, List.of(1f)), "it has 1 features, but the model has 3 channels");
    assertRefused(with(11, List.of(1f, 2f, Float.NaN)), "feature 2 is NaN");
    assertRefused(with(11, Collections.nCopies(3, null)), "feature 0 is null");
    assertRefused(with(11, null), "its field 'features' is null");
  }

  @Test
  void tablesWithoutSamplesAreRefused() {
    Dataset<Row> other =
        rows(GOOD).selectExpr("image", "transform(samples, one -> one.x) as samples");
    assertThatThrownBy(() -> SampleTable.of(other, "'/data/faces'"))
        .isInstanceOf(UnusableLocationException.class)
        .hasMessageContaining("'/data/faces' has the columns [image, samples]")
        .hasMessageContaining("nothing was fitted. Give");
    assertThatThrownBy(() -> SampleTable.of(rows(GOOD).select("samples"), "it"))
        .isInstanceOf(UnusableLocationException.class);
  }

  @Test
  void aModelWithoutAnchorsHasNoShape() {
    assertThatThrownBy(() -> new SampleShape(64, List.of(2, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("64 channels and [2, 0] anchors");
  }

  private static void assertRefused(Object[] sample, String fault) {
    SampleTable table = SampleTable.of(rows(GOOD, sample), "it");
    assertThatThrownBy(() -> table.samples(SHAPE).collect())
        .hasStackTraceContaining("it: sample 1 of image 'a.jpg' can't be used, since " + fault);
  }

  private static Dataset<Row> rows(Object[]... samples) {
    List<Row> elements = List.of(samples).stream().map(RowFactory::create).toList();
    return LocalSpark.session()
        .createDataFrame(List.of(RowFactory.create("a.jpg", elements)), columns());
  }

  /** As a file that forgot which values can't be null tells them. */
  private static StructType columns() {
    return new StructType()
        .add(ColumnNames.IMAGE, StringType)
        .add(
            SampleColumns.SAMPLES,
            DataType.fromDDL(SampleColumns.column().dataType().simpleString()));
  }

  private static Object[] with(int field, @Nullable Object value) {
    return IntStream.range(0, GOOD.length)
        .mapToObj(number -> number == field ? value : GOOD[number])
        .toArray();
  }

  private static Sample sample(int face) {
    return new Sample(
        0, 1, 0, true, 5.5f, 6f, 16f, 8f, face, 0.75f, 3f, new float[] {1f, -2f, 0.5f});
  }
}
