package org.retinaspark.job.train.fit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.retinaspark.io.labels.LabelledFace;
import org.retinaspark.io.samples.ImageSamples;
import org.retinaspark.io.samples.Sample;
import org.retinaspark.io.samples.SampleShape;

/** The small case of {@code fit_golden.py}: rows, and what numpy and scipy fit to them. */
record GoldenFit(JsonNode json) {

  static final SampleShape SHAPE = new SampleShape(3, List.of(1, 1));

  static GoldenFit read() throws IOException {
    try (InputStream file = GoldenFit.class.getResourceAsStream("fit_golden.json")) {
      return new GoldenFit(new ObjectMapper().readTree(Objects.requireNonNull(file)));
    }
  }

  double number(String name) {
    return json.get(name).asDouble();
  }

  double[] vector(String... path) {
    return doubles(at(path));
  }

  double[][] matrix(String... path) {
    List<double[]> rows = new ArrayList<>();
    at(path).forEach(row -> rows.add(doubles(row)));
    return rows.toArray(double[][]::new);
  }

  int count() {
    return json.get("anchor").size();
  }

  int anchor(int row) {
    return json.get("anchor").get(row).asInt();
  }

  JsonNode at(String... path) {
    return json.at("/" + String.join("/", path));
  }

  /** All in one image; a row's targets are the mesh of a face, its class is told beside. */
  ImageRows rows() {
    List<Sample> samples = new ArrayList<>();
    List<LabelledFace> faces = new ArrayList<>();
    for (int row = 0; row < count(); row++) {
      float[] features = floats(matrix("x")[row]);
      samples.add(new Sample(0, anchor(row), 0, false, 0, 0, 1, 1, row, 1, 1, features));
      float[] landmarks = new float[LabelledFace.LANDMARKS];
      landmarks[0] = (float) vector("face")[row];
      faces.add(
          new LabelledFace(new float[] {0, 0, 1, 1}, landmarks, floats(matrix("y")[row]), false));
    }
    return new ImageRows(SHAPE, new ImageSamples("a.jpg", samples), faces);
  }

  private static double[] doubles(JsonNode array) {
    double[] numbers = new double[array.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = array.get(i).asDouble();
    }
    return numbers;
  }

  private static float[] floats(double[] numbers) {
    float[] floats = new float[numbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) numbers[i];
    }
    return floats;
  }

  /** The first numbers of the mesh as they stand. */
  record Raw(int values) implements Target {

    @Override
    public float[] encode(ImageRows rows, int row) {
      return Arrays.copyOf(Objects.requireNonNull(rows.mesh(row)), values);
    }
  }

  /** The same, each row with a weight. */
  record Heavy(int values, double weight) implements Target {

    @Override
    public float[] encode(ImageRows rows, int row) {
      return new Raw(values).encode(rows, row);
    }

    @Override
    public double weight(ImageRows rows, int row) {
      return weight;
    }
  }

  /** The class that is told beside. */
  record Told() implements Target {

    @Override
    public int values() {
      return 1;
    }

    @Override
    public float[] encode(ImageRows rows, int row) {
      return Arrays.copyOf(Objects.requireNonNull(rows.landmarks(row)), 1);
    }
  }
}
