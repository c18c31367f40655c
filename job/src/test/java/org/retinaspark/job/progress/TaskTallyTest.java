package org.retinaspark.job.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.Test;
import org.retinaspark.job.LocalSpark;

class TaskTallyTest {

  @Test
  void sumsWhatTheTasksCounted() throws Exception {
    SparkContext spark = LocalSpark.session().sparkContext();
    LongAccumulator counted = spark.longAccumulator("tally test");
    TaskTally tally = new TaskTally(List.of("tally test", "another"));
    spark.addSparkListener(tally);
    List<Integer> numbers = IntStream.range(0, 100).boxed().toList();

    JavaSparkContext.fromSparkContext(spark)
        .parallelize(numbers, 7)
        .foreach(number -> counted.add(1));
    spark.listenerBus().waitUntilEmpty();
    spark.removeSparkListener(tally);

    assertThat(tally.sums()).containsExactly(100, 0);
  }
}
