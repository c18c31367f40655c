package org.retinaspark.udf.dense;

import java.io.Serializable;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.retinaspark.udf.detect.InvalidOutputException;
import org.retinaspark.udf.detect.MeshTopology;
import org.retinaspark.udf.graph.Printable;
import org.retinaspark.udf.input.InputFormat;
import org.retinaspark.udf.runtime.InputKind;
import org.retinaspark.udf.runtime.Ports;

/**
 * What a network of the second look is and how it is spoken to.
 *
 * @param name the name of its file
 * @param sha256 digest of its bytes, 64 lower-case hexadecimal digits
 * @param origin digest of the published file that it was made of, as it says itself; its own where
 *     it says none
 * @param family how its outputs are read
 * @param crop which part of the image it wants
 * @param format how its input tensor is made
 * @param ports its tensors: the outputs in the order that the family documents
 */
public record MeshModel(
    String name,
    String sha256,
    String origin,
    MeshFamily family,
    CropRecipe crop,
    InputFormat format,
    Ports ports)
    implements Serializable {

  /** What the vertices are; empty where the network gives 68 points in two dimensions only. */
  public Optional<MeshTopology> topology() {
    return family.topology();
  }

  /** Whether the network gives the 68 points itself. */
  public boolean givesLandmarks68() {
    return topology().map(MeshTopology::isMesh68).orElse(true);
  }

  /**
   * Reads the outputs for one crop.
   *
   * @throws InvalidOutputException if they are not as many numbers as the family has
   */
  CropMesh read(List<FloatBuffer> outputs) {
    if (outputs.get(0).limit() != family.values()
        || outputs.stream().anyMatch(out -> out.limit() < 1)) {
      throw new InvalidOutputException(
          "model '%s' gave %d numbers for a face, not the %d of the family '%s'"
              .formatted(
                  Printable.text(name), outputs.get(0).limit(), family.values(), family.name()));
    }
    return family.read(outputs, crop.pixels());
  }

  /** What one crop is to the network. */
  InputKind kind() {
    long[] axes = format.layout().shape(1, crop.pixels(), crop.pixels());
    List<Integer> shape = Arrays.stream(axes).skip(1).mapToObj(Math::toIntExact).toList();
    return new InputKind(ports, shape);
  }

  /** What it is, one property a line, each with its end. */
  public String text() {
    StringBuilder text = new StringBuilder();
    add(text, "model", Printable.text(name));
    add(text, "sha256", sha256);
    if (!origin.equals(sha256)) {
      add(text, "made of", origin);
    }
    add(text, "family", family.name() + ": " + family.description());
    add(text, "mesh", topology().map(MeshTopology::toString).orElse("none"));
    add(text, "crop", crop.text());
    add(
        text,
        "input format",
        "%s, (pixel - %s) x %s".formatted(format.channels(), format.mean(), format.scale()));
    add(
        text,
        "batch",
        ports.batchLimit() == Integer.MAX_VALUE ? "any" : Integer.toString(ports.batchLimit()));
    return text.toString();
  }

  private static void add(StringBuilder text, String label, String value) {
    text.append("%-15s%s%n".formatted(label, value));
  }
}
