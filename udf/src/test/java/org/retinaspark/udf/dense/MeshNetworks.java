package org.retinaspark.udf.dense;

import java.util.List;
import java.util.stream.IntStream;
import org.retinaspark.udf.graph.NetworkBuilder;

/**
 * Tiny networks of the signatures of the real ones, which give the same points for every crop; the
 * score is the mean of the crop's red, green and blue.
 */
public final class MeshNetworks {

  private MeshNetworks() {}

  /** MediaPipe's: vertex i at x and y of i mod 192, z of -i, all in pixels of the crop. */
  public static byte[] faceMesh(String batch) {
    float[] points = new float[FaceMeshFamily.VALUES];
    for (int vertex = 0; vertex < points.length / 3; vertex++) {
      points[3 * vertex] = vertex % 192;
      points[3 * vertex + 1] = vertex % 192;
      points[3 * vertex + 2] = -vertex;
    }
    return faceMesh(batch, points);
  }

  /** MediaPipe's, of which all coordinates are the number of crops in the run. */
  public static byte[] batchSize() {
    NetworkBuilder network = new NetworkBuilder();
    String crop = network.input("crop", "batch", "3", "192", "192");
    String none =
        network.node("Mul", List.of(mean(network, crop), network.floats(List.of(1L), 0f)));
    String one = network.node("Exp", List.of(none));
    String all = network.floats(List.of(1L, 1L), 1);
    String sum = network.node("MatMul", List.of(network.transpose(one, 1, 0), one));
    String spread =
        network.node(
            "Add",
            List.of(
                none,
                network.node(
                    "Mul",
                    List.of(
                        network.node("MatMul", List.of(sum, all)),
                        network.floats(
                            List.of((long) FaceMeshFamily.VALUES), ones(FaceMeshFamily.VALUES))))));
    network.output(spread, "points", "batch", "1404");
    return network.model().toByteArray();
  }

  /**
   * MediaPipe's, whose vertices lie at the centres of some pixels of the crop; z is the level there
   * from 0 to 255, of red in vertices of even number, else of green.
   */
  public static byte[] levels() {
    int vertices = 468;
    long[] seen = new long[vertices];
    float[] places = new float[2 * vertices];
    for (int vertex = 0; vertex < vertices; vertex++) {
      // A vertex every five pixels, and each second one where the one before is.
      int pixel = Math.floorDiv(vertex, 2) * 157;
      seen[vertex] = pixel + vertex % 2 * 192L * 192;
      places[2 * vertex] = pixel % 192 + 0.5f;
      places[2 * vertex + 1] = Math.floorDiv(pixel, 192) + 0.5f;
    }
    NetworkBuilder network = new NetworkBuilder();
    String crop = network.input("crop", "batch", "3", "192", "192");
    String flat = network.reshape(crop, -1, 3 * 192 * 192);
    String values = network.along("Gather", 1, flat, network.integers(seen));
    String scaled = network.node("Mul", List.of(values, network.floats(List.of(1L), 255)));
    String depth = network.reshape(scaled, -1, vertices, 1);
    String none = network.node("Mul", List.of(depth, network.floats(List.of(1L), 0)));
    String place =
        network.node("Add", List.of(none, network.floats(List.of(1L, 468L, 2L), places)));
    String points = network.reshape(network.along("Concat", 2, place, depth), -1, 1404);
    network.output(points, "points", "batch", "1404");
    return network.model().toByteArray();
  }

  private static float[] ones(int count) {
    float[] ones = new float[count];
    java.util.Arrays.fill(ones, 1);
    return ones;
  }

  /** MediaPipe's with these points, its score through operators. */
  public static byte[] faceMesh(String batch, float[] points, String... last) {
    NetworkBuilder network = new NetworkBuilder();
    String crop = network.input("crop", batch, "3", "192", "192");
    String mean = mean(network, crop);
    String score = network.reshape(mean, -1, 1, 1, 1);
    for (String operator : last) {
      score = network.node(operator, List.of(score));
    }
    network.output(score, "presence", batch, "1", "1", "1");
    String spread = spread(network, mean, points);
    network.output(
        network.reshape(spread, -1, 1, 1, points.length), "points", batch, "1", "1", "1404");
    return network.model().toByteArray();
  }

  /** InsightFace's: the last 68 points from -1 to 1, z of a half; those before at 9. */
  public static byte[] dense68(String batch) {
    float[] points = new float[Dense68Family.VALUES];
    int first = points.length - 68 * 3;
    for (int at = 0; at < points.length; at++) {
      int point = (at - first) / 3;
      points[at] = at < first ? 9 : at % 3 == 2 ? 0.5f : -1 + 2 * point / 67f;
    }
    return points(batch, "192", points);
  }

  /** PFLD's: point i at i / 68 across and down. */
  public static byte[] points68(String batch) {
    float[] points = new float[Points68Family.VALUES];
    IntStream.range(0, points.length).forEach(at -> points[at] = Math.floorDiv(at, 2) / 68f);
    return points(batch, "112", points);
  }

  private static byte[] points(String batch, String side, float[] points) {
    NetworkBuilder network = new NetworkBuilder();
    String crop = network.input("data", batch, "3", side, side);
    String spread = spread(network, mean(network, crop), points);
    network.output(spread, "fc1", batch, Integer.toString(points.length));
    return network.model().toByteArray();
  }

  private static String mean(NetworkBuilder network, String crop) {
    String pooled = network.reshape(network.node("GlobalAveragePool", List.of(crop)), -1, 3);
    String thirds = network.floats(List.of(3L, 1L), 1 / 3f, 1 / 3f, 1 / 3f);
    return network.node("MatMul", List.of(pooled, thirds));
  }

  /** The points for every crop: added to 0 times what was seen. */
  private static String spread(NetworkBuilder network, String mean, float[] points) {
    String none = network.node("Mul", List.of(mean, network.floats(List.of(1L), 0f)));
    return network.node(
        "Add", List.of(none, network.floats(List.of((long) points.length), points)));
  }
}
