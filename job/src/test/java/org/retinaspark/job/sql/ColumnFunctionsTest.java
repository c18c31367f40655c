package org.retinaspark.job.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.job.LocalSpark;
import org.retinaspark.udf.spark.ColumnDetection;
import org.retinaspark.udf.spark.DetectColumn;

/** What travels to executors. */
class ColumnFunctionsTest {

  @Test
  void surviveTheWayToAnExecutor(@TempDir Path folder) throws IOException, ClassNotFoundException {
    Map<String, String> options = new ColumnImages(folder).options();
    ColumnDetection detection = new JobFunctions().detection(LocalSpark.session(), options);
    StructType columns = new StructType().add("content", DataTypes.BinaryType);

    ColumnDetection arrived = copy(detection);
    DetectColumn function =
        copy(
            new DetectColumn(
                detection, new BoundReference(0, DataTypes.BinaryType, true), columns));

    assertThat(arrived).isEqualTo(detection);
    assertThat(arrived.type()).isEqualTo(detection.type());
    assertThat(function).isNotNull();
  }

  @Test
  void areEqualIfTheyFindTheSame(@TempDir Path folder) {
    Map<String, String> options = new ColumnImages(folder).options();
    Map<String, String> others = new HashMap<>(options);
    others.put("score-threshold", "0.5");
    JobFunctions functions = new JobFunctions();

    ColumnDetection detection = functions.detection(LocalSpark.session(), options);

    assertThat(functions.detection(LocalSpark.session(), options))
        .isEqualTo(detection)
        .hasSameHashCodeAs(detection);
    assertThat(functions.detection(LocalSpark.session(), others)).isNotEqualTo(detection);
  }

  @SuppressWarnings("unchecked")
  private static <T> T copy(T original) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(original);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (T) in.readObject();
    }
  }
}
