package org.retinaspark.job.detect;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.retinaspark.job.LocalSpark;
import org.retinaspark.job.model.ModelFile;
import org.retinaspark.udf.detect.Flip;
import org.retinaspark.udf.heads.HeadTask;
import org.retinaspark.udf.heads.TrainableModel;
import org.retinaspark.udf.model.RecognitionOptions;
import org.retinaspark.udf.spark.BroadcastLabels;
import org.retinaspark.udf.train.sampling.LabelledBoxes;
import org.retinaspark.udf.train.sampling.SampleCounts;
import org.retinaspark.udf.train.sampling.SamplingPlan;
import org.retinaspark.udf.train.sampling.TrainingLabels;
import org.retinaspark.udf.train.sampling.WantedSamples;
import org.retinaspark.udf.train.view.ColourUse;
import org.retinaspark.udf.train.view.ViewPlan;

/**
 * What samples cost beside faces: {@code detect} and the extraction of samples at scale 1, one
 * after the other, over the same photos; by a clock, and in seconds of processor time, which
 * others' work on the machine hardly changes. The figures go to {@code rates.txt} in the folder of
 * the tables. Not a test:
 *
 * <pre>ExtractionCost PHOTOS wider_face_train_bbx_gt.txt MODEL.onnx TABLES REPEATS</pre>
 */
public final class ExtractionCost {

  private final SparkSession spark = LocalSpark.session();
  private final Path photos;
  private final Path model;
  private final Path tables;
  private final DetectAction.Sampling sampling;

  private ExtractionCost(Path photos, Path labels, Path model, Path tables) throws IOException {
    this.photos = photos;
    this.model = model;
    this.tables = tables;
    ModelFile file =
        ModelFile.read(model.toString(), RecognitionOptions.BY_FILE, new Configuration());
    TrainableModel trainable = TrainableModel.of(file.content(), file.description());
    SamplingPlan plan =
        new SamplingPlan(
            new ViewPlan(List.of(1.0), List.of(Flip.NONE), 0, ColourUse.KEPT, 1 << 24, 1),
            new SampleCounts(200, 3, 30, 100),
            WantedSamples.ALL,
            1,
            trainable.head(HeadTask.CLASS),
            BroadcastLabels.of(spark, new TrainingLabels(boxes(labels), Set.of())));
    this.sampling = new DetectAction.Sampling(trainable.withFeatures(), plan, Map.of());
  }

  /** Runs both in turn. */
  public static void main(String[] arguments) throws IOException {
    ExtractionCost cost =
        new ExtractionCost(
            Path.of(arguments[0]),
            Path.of(arguments[1]),
            Path.of(arguments[2]),
            Path.of(arguments[3]));
    for (int round = 0; round < Integer.parseInt(arguments[4]); round++) {
      DetectAction detect = new DetectAction(cost.spark, cost.config("faces"), nobody());
      DetectAction samples =
          DetectAction.sampling(cost.spark, cost.config("samples"), cost.sampling, nobody());
      cost.tell("detect", detect);
      cost.tell("samples", samples);
    }
  }

  /** Runs one, and notes its images a second and its seconds of processor time. */
  private void tell(String name, DetectAction action) throws IOException {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long before = system.getProcessCpuTime();
    DetectResult result = action.execute();
    Files.writeString(
        tables.resolve("rates.txt"),
        String.format(
            Locale.ROOT,
            "%s: %.2f images/s, %.2f s of processor time, %s%n",
            name,
            result.imagesPerSecond(),
            (system.getProcessCpuTime() - before) / 1e9,
            result.failures()),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private static PrintWriter nobody() {
    return new PrintWriter(Writer.nullWriter());
  }

  private DetectConfig config(String table) {
    return DetectConfigs.of(photos, tables.resolve(table), model, "--overwrite");
  }

  private static Map<String, LabelledBoxes> boxes(Path labels) throws IOException {
    Map<String, LabelledBoxes> boxes = new HashMap<>();
    List<String> lines = Files.readAllLines(labels);
    for (int line = 0; line < lines.size(); ) {
      String image = lines.get(line++);
      int count = Integer.parseInt(lines.get(line++).strip());
      List<float[]> faces = new ArrayList<>();
      for (int face = 0; face < Math.max(1, count); face++) {
        String[] numbers = lines.get(line++).strip().split(" ", -1);
        float x = Float.parseFloat(numbers[0]);
        float y = Float.parseFloat(numbers[1]);
        float right = x + Float.parseFloat(numbers[2]);
        faces.add(new float[] {x, y, right, y + Float.parseFloat(numbers[3])});
      }
      float[] corners = new float[count * 4];
      for (int i = 0; i < corners.length; i++) {
        corners[i] = faces.get(i / 4)[i % 4];
      }
      boxes.put(image, new LabelledBoxes(corners, new boolean[count]));
    }
    return boxes;
  }
}
