package org.retinaspark.job.doctor;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.retinaspark.job.UsageException;
import org.retinaspark.job.model.ModelFile;
import org.retinaspark.udf.catalogue.KnownModel;
import org.retinaspark.udf.model.ModelDescription;

/**
 * The model: whether it is there, readable and known, and runs on a small input on the CPU. Keeps
 * what it read, for the check of where networks run.
 */
final class ModelCheck implements Check {

  private final String model;
  private final FetchPrograms programs;
  private final Supplier<ModelFile> reader;
  private @Nullable ModelFile read;

  /**
   * A check.
   *
   * @param model the name or location, as the user has it
   * @param programs what can bring it if it has a name
   * @param reader finds and reads it
   */
  ModelCheck(String model, FetchPrograms programs, Supplier<ModelFile> reader) {
    this.model = model;
    this.programs = programs;
    this.reader = reader;
  }

  @Override
  public String subject() {
    return "model";
  }

  @Override
  public List<Finding> look() {
    try {
      ModelFile file = reader.get();
      read = file;
      return List.of(Finding.ok(subject(), text(file.description())));
    } catch (UsageException unusable) {
      String reason =
          Objects.requireNonNullElse(unusable.getMessage(), "").replace(": nothing was done", "");
      return List.of(
          KnownModel.fetched(model).map(known -> named(known, reason)).orElseGet(() -> of(reason)));
    }
  }

  /** The file, if it could be read. */
  Optional<ModelFile> read() {
    return Optional.ofNullable(read);
  }

  private Finding named(KnownModel known, String reason) {
    if (!programs.fetchFirst()) {
      return of(reason);
    }
    return programs
        .missing(known)
        .map(
            program ->
                Finding.problem(
                    subject(),
                    reason,
                    "bin/retinaspark fetches it at the first run, and needs %s for that"
                        .formatted(program),
                    "install %s, or give an ONNX file with --model FILE".formatted(program)))
        .orElseGet(
            () ->
                Finding.warning(
                    subject(),
                    reason,
                    "bin/retinaspark fetches it at the first run, if there is a network",
                    "deploy/fetch-assets %s, to have it now".formatted(known.name())));
  }

  private Finding of(String reason) {
    return Finding.problem(
        subject(),
        reason,
        "no run can begin",
        "as the reason says; 'model inspect FILE' tells more");
  }

  private static String text(ModelDescription description) {
    return "%s: family %s, input %s, %s; runs"
        .formatted(
            description.name(),
            description.family().name(),
            description.format().layout().text(description.size()),
            description
                .published()
                .map(known -> known.name() + ", " + known.licence())
                .orElse("licence unknown"));
  }
}
