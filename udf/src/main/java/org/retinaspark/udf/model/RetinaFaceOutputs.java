package org.retinaspark.udf.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.retinaspark.udf.detect.MeshTopology;
import org.retinaspark.udf.detect.family.MeshBasis;
import org.retinaspark.udf.detect.family.MeshCode;
import org.retinaspark.udf.detect.family.RetinaFaceFamily;
import org.retinaspark.udf.detect.family.RetinaFaceMetadata;
import org.retinaspark.udf.detect.family.Variances;
import org.retinaspark.udf.graph.InvalidModelException;
import org.retinaspark.udf.graph.Printable;
import org.retinaspark.udf.graph.TensorSignature;
import org.retinaspark.udf.input.ChannelOrder;
import org.retinaspark.udf.input.InputFormat;

/**
 * {@link RetinaFaceFamily}: outputs known by name, and metadata that says what their shapes don't:
 * anchors, variances, stages, meshes.
 */
final class RetinaFaceOutputs implements FamilyOutputs {

  /** BGR minus the mean (104, 117, 123), any size, as in biubug6/Pytorch_Retinaface. */
  private static final InputFormat FORMAT =
      new InputFormat(ChannelOrder.BGR, List.of(104f, 117f, 123f), 1);

  /** Sides are multiples of it. */
  private static final int MULTIPLE = 1;

  private static final String FIRST_BOXES = "boxes1";
  private static final String SECOND_BOXES = "boxes2";
  private static final String CLASSES = "classes";
  private static final String LANDMARKS = "landmarks";
  private static final String MESH_ANCHORS = "mesh_anchors";
  private static final String MESH = "mesh.";
  private static final String MESH_BASIS = "mesh_basis.";
  private static final String MESH_MEAN = "mesh_mean.";

  private static final List<String> ALWAYS = List.of(FIRST_BOXES, CLASSES, LANDMARKS);

  @Override
  public String name() {
    return RetinaFaceFamily.NAME;
  }

  @Override
  public String description() {
    return "boxes1 [batch, anchors, 4], boxes2 where there are two stages, classes [batch, anchors,"
        + " 2], landmarks [batch, anchors, 10], and where there are meshes mesh_anchors [batch,"
        + " rows] and mesh.NAME [batch, rows, values]; metadata says the rest";
  }

  @Override
  public @Nullable List<TensorSignature> ordered(List<TensorSignature> outputs) {
    List<TensorSignature> ordered = new ArrayList<>();
    for (String name : List.of(FIRST_BOXES, SECOND_BOXES, CLASSES, LANDMARKS, MESH_ANCHORS)) {
      outputs.stream().filter(output -> output.name().equals(name)).forEach(ordered::add);
    }
    outputs.stream().filter(output -> output.name().startsWith(MESH)).forEach(ordered::add);
    boolean complete = ordered.stream().map(TensorSignature::name).toList().containsAll(ALWAYS);
    return complete && ordered.stream().allMatch(RetinaFaceOutputs::isOfItsKind) ? ordered : null;
  }

  private static boolean isOfItsKind(TensorSignature output) {
    return output.isFloat()
        && switch (output.name()) {
          case FIRST_BOXES, SECOND_BOXES -> output.rank() == 3 && output.last() == 4;
          case CLASSES -> output.rank() == 3 && output.last() == 2;
          case LANDMARKS -> output.rank() == 3 && output.last() == 10;
          case MESH_ANCHORS -> output.rank() == 2;
          default -> output.rank() == 3 && output.last() > 0;
        };
  }

  @Override
  public boolean tellsApart(List<TensorSignature> ordered) {
    return true;
  }

  @Override
  public String role(TensorSignature output, int index) {
    return switch (output.name()) {
      case FIRST_BOXES -> "boxes, relative to the anchors";
      case SECOND_BOXES -> "boxes, relative to those of the first stage";
      case CLASSES, LANDMARKS -> output.name();
      case MESH_ANCHORS -> "anchors that have a mesh";
      default -> "meshes of these anchors";
    };
  }

  @Override
  public FamilyDetails identify(ModelFacts facts) {
    facts.refuseLandmarkScale(name());
    facts.refuseClassOutput(name());
    Decision<InputFormat> format = facts.format(FORMAT);
    RetinaFaceFamily family = family(facts);
    List<FamilyDetails.Finding> findings = new ArrayList<>();
    findings.add(new FamilyDetails.Finding("stages", stages(family), Decision.BY_METADATA));
    findings.add(
        new FamilyDetails.Finding(
            "variances", variances(family.variances()), Decision.BY_METADATA));
    for (MeshTopology mesh : family.meshes()) {
      String text = mesh + told(mesh, family.code());
      findings.add(new FamilyDetails.Finding("mesh", text, Decision.BY_METADATA));
    }
    return new FamilyDetails(
        family,
        format.value(),
        facts.metadata().multiple(MULTIPLE),
        format.because(),
        findings,
        RetinaFaceMetadata.of(family));
  }

  private static String told(MeshTopology mesh, MeshCode code) {
    MeshBasis basis = code.bases().get(mesh.name());
    return basis == null ? "" : ", a basis of %d".formatted(basis.coefficients());
  }

  private static String stages(RetinaFaceFamily family) {
    String match =
        family.stages().stream()
            .map(stage -> "IoU %s/%s".formatted(stage.positive(), stage.negative()))
            .collect(Collectors.joining(" and "));
    String stages = family.isCascade() ? "2, the second from the boxes of the first" : "1";
    return stages + "; trained at " + match;
  }

  private static String variances(Variances variances) {
    return "%s of centres, %s of sizes, %s of landmarks"
        .formatted(variances.centre(), variances.size(), variances.landmark());
  }

  /** The family of the metadata, with the meshes in the order of their outputs. */
  private static RetinaFaceFamily family(ModelFacts facts) {
    RetinaFaceFamily family;
    try {
      family = RetinaFaceMetadata.read(facts.metadata().entries());
    } catch (IllegalArgumentException fault) {
      throw new InvalidModelException(
          facts.file().name(), fault.getMessage() + "; 'model build' writes it with the network");
    }
    Set<String> names = new TreeSet<>();
    facts.outputs().forEach(output -> names.add(output.name()));
    Set<String> expected = new TreeSet<>(ALWAYS);
    if (family.isCascade()) {
      expected.add(SECOND_BOXES);
    }
    if (!family.meshes().isEmpty()) {
      expected.add(MESH_ANCHORS);
    }
    family.meshes().forEach(mesh -> expected.add(MESH + mesh.name()));
    if (!names.equals(expected)) {
      throw new InvalidModelException(
          facts.file().name(),
          "its metadata tells of outputs %s, but of this family it has %s"
              .formatted(expected, Printable.text(names.toString())));
    }
    List<MeshTopology> meshes = new ArrayList<>();
    Map<String, MeshBasis> bases = new HashMap<>();
    for (TensorSignature output : facts.outputs()) {
      for (MeshTopology mesh : family.meshes()) {
        if (output.name().equals(MESH + mesh.name())) {
          meshes.add(mesh);
          if (facts.file().graph().isConstant(MESH_BASIS + mesh.name())) {
            bases.put(mesh.name(), basis(mesh, output, facts));
          } else {
            requireVertices(mesh, output, facts);
          }
        }
      }
    }
    return family.with(meshes, new MeshCode(bases));
  }

  /** What the vertices of a mesh are put together from, which is in the file as constants. */
  private static MeshBasis basis(MeshTopology mesh, TensorSignature output, ModelFacts facts) {
    long coordinates = (long) MeshTopology.AXES * mesh.vertices();
    String fault =
        "its metadata says that mesh '%s' has %d vertices, three values each, and output %s"
            .formatted(mesh.name(), mesh.vertices(), output.text());
    long most = MeshBasis.MOST_NUMBERS / coordinates;
    if (output.last() < 1 || output.last() > most) {
      throw new InvalidModelException(
          facts.file().name(), fault + ": a basis of 1 to %d is what it may have".formatted(most));
    }
    float[] mean = facts.file().floats(MESH_MEAN + mesh.name(), coordinates);
    float[] basis = facts.file().floats(MESH_BASIS + mesh.name(), output.last(), coordinates);
    if (mean == null || basis == null) {
      throw new InvalidModelException(
          facts.file().name(),
          fault
              + ", but its constants '%s%s' and '%s%s' are not floats of [%d] and [%d, %d]"
                  .formatted(
                      MESH_MEAN,
                      mesh.name(),
                      MESH_BASIS,
                      mesh.name(),
                      coordinates,
                      output.last(),
                      coordinates));
    }
    try {
      return new MeshBasis(mean, basis);
    } catch (IllegalArgumentException unfit) {
      throw new InvalidModelException(
          facts.file().name(), "mesh '%s': %s".formatted(mesh.name(), unfit.getMessage()));
    }
  }

  private static void requireVertices(MeshTopology mesh, TensorSignature output, ModelFacts facts) {
    long values = (long) MeshTopology.AXES * mesh.vertices();
    if (output.last() != values) {
      throw new InvalidModelException(
          facts.file().name(),
          "its metadata says that mesh '%s' has %d vertices, three values each, but output %s"
              .formatted(mesh.name(), mesh.vertices(), output.text()));
    }
  }
}
