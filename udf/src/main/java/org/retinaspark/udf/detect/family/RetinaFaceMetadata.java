package org.retinaspark.udf.detect.family;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.retinaspark.udf.detect.AnchorLevel;
import org.retinaspark.udf.detect.MeshTopology;

/**
 * The text of a {@link RetinaFaceFamily} in the metadata of a model file: what its outputs don't
 * tell. Who writes a network writes this, and recognition reads it:
 *
 * <pre>
 * retinaspark.family          retinaface
 * retinaspark.anchors         4:16,20.158737,25.398417;8:32,...   stride:size,... of each level
 * retinaspark.variances       0.1,0.2,0.1                         centre, size, landmark
 * retinaspark.stages          2
 * retinaspark.match           0.7/0.3,0.5/0.4                     positive/negative of each stage
 * retinaspark.mesh            Mesh1k:1103;Mesh68:68               name:vertices, where it has any
 * retinaspark.mirror.Mesh68   16,15,14,...                        where the mirror image is known
 * </pre>
 *
 * <p>Files come from anywhere: each text is bounded, and read strictly or not at all.
 */
public final class RetinaFaceMetadata {

  private static final String PREFIX = "retinaspark.";
  private static final String FAMILY = PREFIX + "family";
  private static final String ANCHORS = PREFIX + "anchors";
  private static final String VARIANCES = PREFIX + "variances";
  private static final String STAGES = PREFIX + "stages";
  private static final String MATCH = PREFIX + "match";
  private static final String MESH = PREFIX + "mesh";
  private static final String MIRROR = PREFIX + "mirror.";

  private static final List<String> REQUIRED = List.of(ANCHORS, VARIANCES, STAGES, MATCH);

  /** A mirror table of the largest mesh fits. */
  private static final int LONGEST = 7 * MeshTopology.MOST_VERTICES;

  private static final int LONGEST_SHOWN = 60;
  private static final int VARIANCE_COUNT = 3;

  private static final Pattern WHOLE = Pattern.compile("[0-9]{1,6}");
  private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,40}(\\.[0-9]{1,60})?");

  private RetinaFaceMetadata() {}

  /** The entries of a family, {@code retinaspark.family} included. */
  public static Map<String, String> of(RetinaFaceFamily family) {
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put(FAMILY, family.name());
    entries.put(ANCHORS, joined(family.anchors(), ";", RetinaFaceMetadata::text));
    Variances variances = family.variances();
    entries.put(
        VARIANCES,
        joined(
            List.of(variances.centre(), variances.size(), variances.landmark()),
            ",",
            RetinaFaceMetadata::plain));
    entries.put(STAGES, Integer.toString(family.stages().size()));
    entries.put(
        MATCH,
        joined(family.stages(), ",", it -> plain(it.positive()) + "/" + plain(it.negative())));
    if (!family.meshes().isEmpty()) {
      entries.put(MESH, joined(family.meshes(), ";", it -> it.name() + ":" + it.vertices()));
    }
    for (MeshTopology mesh : family.meshes()) {
      if (!mesh.mirror().isEmpty()) {
        entries.put(MIRROR + mesh.name(), joined(mesh.mirror(), ",", String::valueOf));
      }
    }
    return entries;
  }

  /**
   * The family of the entries, all but the bases of its meshes, which are constants of the file.
   *
   * @param entries those of a file; keys of others are not looked at
   * @throws IllegalArgumentException if something is missing or can't be meant: what, the value,
   *     and what it must be
   */
  public static RetinaFaceFamily read(Map<String, String> entries) {
    List<String> missing = REQUIRED.stream().filter(key -> !entries.containsKey(key)).toList();
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(
          "its metadata lacks %s, without which outputs of the family '%s' can't be decoded"
              .formatted(String.join(", ", missing), RetinaFaceFamily.NAME));
    }
    List<AnchorLevel> anchors =
        read(
            entries,
            ANCHORS,
            "'stride:size,size' of each level with semicolons between",
            RetinaFaceMetadata::levels);
    Variances variances =
        read(
            entries,
            VARIANCES,
            "three numbers, of centre, size and landmark, with commas between",
            RetinaFaceMetadata::variances);
    int stages = read(entries, STAGES, "1 or 2", RetinaFaceMetadata::stages);
    List<MatchThresholds> match =
        read(
            entries,
            MATCH,
            "'positive/negative' of each stage with commas between",
            text -> each(text, ",", RetinaFaceMetadata::thresholds));
    if (match.size() != stages) {
      throw new IllegalArgumentException(
          "its metadata says %s = '%d', but %s has thresholds of %d"
              .formatted(STAGES, stages, MATCH, match.size()));
    }
    return new RetinaFaceFamily(anchors, variances, match, meshes(entries), MeshCode.DIRECT);
  }

  private static List<MeshTopology> meshes(Map<String, String> entries) {
    List<MeshTopology> meshes =
        entries.containsKey(MESH)
            ? read(
                entries,
                MESH,
                "'name:vertices' of each mesh with semicolons between",
                RetinaFaceMetadata::topologies)
            : List.of();
    Set<String> names = meshes.stream().map(MeshTopology::name).collect(Collectors.toSet());
    for (String key : entries.keySet()) {
      if (key.startsWith(MIRROR) && !names.contains(key.substring(MIRROR.length()))) {
        throw new IllegalArgumentException(
            "its metadata says %s, but %s tells of no mesh of that name"
                .formatted(shown(key), MESH));
      }
    }
    return meshes.stream().map(mesh -> mirrored(mesh, entries)).toList();
  }

  private static MeshTopology mirrored(MeshTopology mesh, Map<String, String> entries) {
    String key = MIRROR + mesh.name();
    if (!entries.containsKey(key)) {
      return mesh;
    }
    return read(
        entries,
        key,
        "vertices, from 0 on, with commas between",
        text ->
            new MeshTopology(
                mesh.name(), mesh.vertices(), each(text, ",", RetinaFaceMetadata::whole)));
  }

  private static List<AnchorLevel> levels(String text) {
    List<AnchorLevel> levels = each(text, ";", RetinaFaceMetadata::level);
    RetinaFaceFamily.requireLevels(levels);
    return levels;
  }

  private static AnchorLevel level(String text) {
    String[] parts = parts(text, ":");
    return new AnchorLevel(whole(parts[0]), each(parts[1], ",", RetinaFaceMetadata::decimal));
  }

  private static Variances variances(String text) {
    List<Float> numbers = each(text, ",", RetinaFaceMetadata::decimal);
    if (numbers.size() != VARIANCE_COUNT) {
      throw new NumberFormatException();
    }
    return new Variances(numbers.get(0), numbers.get(1), numbers.get(2));
  }

  private static int stages(String text) {
    int stages = whole(text);
    if (stages < 1 || stages > 2) {
      throw new NumberFormatException();
    }
    return stages;
  }

  private static MatchThresholds thresholds(String text) {
    String[] parts = parts(text, "/");
    return new MatchThresholds(decimal(parts[0]), decimal(parts[1]));
  }

  private static List<MeshTopology> topologies(String text) {
    List<MeshTopology> meshes = each(text, ";", RetinaFaceMetadata::topology);
    RetinaFaceFamily.requireMeshes(meshes);
    return meshes;
  }

  private static MeshTopology topology(String text) {
    String[] parts = parts(text, ":");
    return new MeshTopology(parts[0], whole(parts[1]), List.of());
  }

  /** The two sides of a separator. */
  private static String[] parts(String text, String separator) {
    String[] parts = text.split(separator, -1);
    if (parts.length != 2) {
      throw new NumberFormatException();
    }
    return parts;
  }

  private static <T> List<T> each(String text, String separator, Function<String, T> parser) {
    return Arrays.stream(text.split(separator, -1)).map(parser).toList();
  }

  private static int whole(String text) {
    if (!WHOLE.matcher(text).matches()) {
      throw new NumberFormatException();
    }
    return Integer.parseInt(text);
  }

  private static float decimal(String text) {
    if (!DECIMAL.matcher(text).matches()) {
      throw new NumberFormatException();
    }
    return Float.parseFloat(text);
  }

  /** Reads one entry; parsers throw NumberFormatException where the text has another form. */
  private static <T> T read(
      Map<String, String> entries, String key, String form, Function<String, T> parser) {
    String text = entries.getOrDefault(key, "").trim();
    try {
      if (text.length() > LONGEST) {
        throw new NumberFormatException();
      }
      return parser.apply(text);
    } catch (NumberFormatException otherForm) {
      throw new IllegalArgumentException(
          "its metadata says %s = '%s', but that must be %s".formatted(key, shown(text), form),
          otherForm);
    } catch (IllegalArgumentException senseless) {
      throw new IllegalArgumentException(
          "its metadata says %s = '%s': %s".formatted(key, shown(text), senseless.getMessage()),
          senseless);
    }
  }

  private static String shown(String text) {
    String plain = text.replaceAll("\\p{C}", "?");
    return plain.length() <= LONGEST_SHOWN ? plain : plain.substring(0, LONGEST_SHOWN) + "...";
  }

  private static String text(AnchorLevel level) {
    return level.stride() + ":" + joined(level.sizes(), ",", RetinaFaceMetadata::plain);
  }

  private static <T> String joined(List<T> values, String separator, Function<T, String> text) {
    return values.stream().map(text).collect(Collectors.joining(separator));
  }

  private static String plain(float number) {
    return new BigDecimal(Float.toString(number)).stripTrailingZeros().toPlainString();
  }
}
