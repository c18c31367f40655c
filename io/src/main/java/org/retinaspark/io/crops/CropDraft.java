package org.retinaspark.io.crops;

import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Crops that are stored, and not yet where readers look.
 *
 * @param folder of the draft
 * @param trees the folders in it whose content will be the output's
 * @param counts what they hold
 */
public record CropDraft(Path folder, List<String> trees, CropCounts counts) {

  private static final String TABLE = "table";

  /** Keeps an unmodifiable list. */
  public CropDraft {
    trees = List.copyOf(trees);
  }

  /**
   * Has executors make crops and store them.
   *
   * @param folder an empty one, or one that isn't there
   */
  public static CropDraft write(
      SparkSession spark, JavaRDD<StoredCrop> crops, CropForm form, Path folder) {
    return form.format() == CropFormat.PARQUET
        ? table(spark, crops, form, folder)
        : files(JavaSparkContext.fromSparkContext(spark.sparkContext()), crops, form, folder);
  }

  private static CropDraft table(
      SparkSession spark, JavaRDD<StoredCrop> crops, CropForm form, Path folder) {
    String table = new Path(folder, TABLE).toString();
    JavaRDD<Row> rows = crops.map(CropColumns::row);
    spark
        .createDataFrame(rows, CropColumns.SCHEMA)
        .write()
        .option("maxRecordsPerFile", form.cropsAFile())
        .option("compression", "zstd")
        // No two crops are the same, and a dictionary would hold all of them.
        .option("parquet.enable.dictionary#" + CropColumns.CROP, "false")
        .parquet(table);
    CropCounts counts = CropColumns.count(spark.read().schema(CropColumns.SCHEMA).parquet(table));
    return new CropDraft(folder, List.of(TABLE), counts);
  }

  private static CropDraft files(
      JavaSparkContext context, JavaRDD<StoredCrop> crops, CropForm form, Path folder) {
    List<String> trees = new ArrayList<>();
    CropCounts counts = CropCounts.NONE;
    for (WriteCrops.Written written :
        crops
            .mapPartitions(
                new WriteCrops(
                    folder.toString(),
                    form,
                    context.broadcast(
                        new SerializableConfiguration(context.hadoopConfiguration()))))
            .collect()) {
      trees.add(written.folder());
      counts = counts.plus(written.counts());
    }
    return new CropDraft(folder, trees, counts);
  }
}
