package org.retinaspark.job.leaderboard;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.WholeFile;
import org.retinaspark.job.FileLookup;
import org.retinaspark.job.UsageException;
import org.retinaspark.job.detect.DetectConfig;
import org.retinaspark.job.model.ModelFile;
import org.retinaspark.udf.detect.InputSize;
import org.retinaspark.udf.graph.Printable;
import org.retinaspark.udf.model.ModelDescription;
import org.retinaspark.udf.model.ModelImport;
import org.retinaspark.udf.model.ModelImportException;
import org.retinaspark.udf.model.RecognitionOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the models, and makes those that take one size take any. */
final class Entrants {

  private static final Logger LOG = LoggerFactory.getLogger(Entrants.class);

  private static final int SHORT_DIGEST = 8;

  private final LeaderboardConfig config;
  private final LeaderboardFolder output;
  private final FileLookup lookup;
  private final Configuration hadoop;

  Entrants(
      LeaderboardConfig config, LeaderboardFolder output, FileLookup lookup, Configuration hadoop) {
    this.config = config;
    this.output = output;
    this.lookup = lookup;
    this.hadoop = hadoop;
  }

  /**
   * All models, in the order in which they were given. Nothing is written.
   *
   * @throws UsageException if one can't be read or isn't understood, or two are the same file
   */
  List<Entrant> read() {
    List<Entrant> entrants = new ArrayList<>();
    for (String given : config.models()) {
      Entrant entrant = entrant(given);
      for (Entrant other : entrants) {
        if (other.sha256().equals(entrant.sha256())) {
          throw new UsageException(
              "--model '%s' is the same file as '%s' (SHA-256 %s): nothing was done. Give each once"
                  .formatted(given, other.label(), entrant.sha256()));
        }
      }
      entrants.add(entrant);
    }
    List<String> labels = entrants.stream().map(Entrant::label).toList();
    return entrants.stream()
        .map(
            entrant ->
                Collections.frequency(labels, entrant.label()) == 1
                    ? entrant
                    : entrant.labelled(entrant.label() + " " + digest(entrant.sha256())))
        .toList();
  }

  /**
   * The same models, those that take one size made to take any, as files of the output; one that
   * can't be stays as it is, and says why.
   */
  List<Entrant> opened(List<Entrant> read) {
    return read.stream()
        .map(entrant -> entrant.opening() == null ? entrant : opened(entrant))
        .toList();
  }

  private Entrant entrant(String given) {
    DetectConfig detect = config.detect(given, config.protocols().get(0), config.output());
    String location = lookup.find("--model", detect.model());
    ModelFile file = ModelFile.read(location, detect.recognition(), hadoop);
    ModelDescription model = file.description();
    String label = Printable.text(model.name()).replaceFirst("\\.onnx$", "");
    String folder = digest(model.sha256()) + "-" + label.replaceAll("[^\\w.-]+", "-");
    @Nullable String opening =
        isOpen(model.size()) ? null : "takes %s as it is".formatted(model.size());
    return new Entrant(
        label,
        folder,
        location,
        model.sha256(),
        file.content().length,
        model.family().name(),
        model.published().orElse(null),
        opening);
  }

  private Entrant opened(Entrant entrant) {
    RecognitionOptions recognition =
        config.detect(entrant.location(), config.protocols().get(0), config.output()).recognition();
    ModelFile file = ModelFile.read(entrant.location(), recognition, hadoop);
    Entrant opened;
    try {
      byte[] onnx = ModelImport.of(file.content(), file.description().name(), recognition).onnx();
      opened = entrant.opened(keep(onnx, entrant.folder()), "opened as by 'model import'");
    } catch (ModelImportException closed) {
      opened = entrant.opened(entrant.location(), "can't be opened: " + closed.getMessage());
    }
    LOG.info("model '{}' {}", opened.label(), opened.opening());
    return opened;
  }

  private static boolean isOpen(InputSize size) {
    return size.height() == InputSize.DYNAMIC && size.width() == InputSize.DYNAMIC;
  }

  /** Executors get a model from the driver, but each cell reads it anew. */
  private String keep(byte[] onnx, String name) {
    Path file = output.model(name);
    new WholeFile(file, hadoop).write(out -> out.write(onnx));
    return file.toString();
  }

  private static String digest(String sha256) {
    return sha256.substring(0, SHORT_DIGEST);
  }
}
