package org.retinaspark.job.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.retinaspark.io.LocalDisk;
import org.retinaspark.io.WritePolicy;
import org.retinaspark.job.UsageException;
import org.retinaspark.udf.catalogue.KnownModel;
import org.retinaspark.udf.detect.InputSize;
import org.retinaspark.udf.graph.OnnxFile;
import org.retinaspark.udf.model.ModelRecognition;
import org.retinaspark.udf.model.Preprocessing;
import org.retinaspark.udf.model.RecognitionOptions;

/** Published models by their names: where {@code deploy/fetch-assets} leaves what it fetches. */
public final class ModelCache {

  private ModelCache() {}

  /**
   * Where a model is.
   *
   * @param model the name of a published model, which is looked for in the cache; anything else is
   *     a location already
   * @throws UsageException if the named model isn't in the cache, or not as it was published
   */
  public static String location(String model) {
    return location(model, folder());
  }

  static String location(String model, Path cache) {
    return KnownModel.fetched(model).map(known -> cached(known, cache)).orElse(model);
  }

  private static String cached(KnownModel known, Path cache) {
    Path file = cache.resolve(known.file());
    if (!Files.isRegularFile(file)) {
      throw new UsageException(
          ("model '%s' is not in the cache (%s): nothing was done. Bring it there with"
                  + " 'deploy/fetch-assets %s' on the machine of the driver, or give an ONNX file with"
                  + " %s FILE")
              .formatted(known.name(), file, known.name(), option(known)));
    }
    byte[] content = ModelFile.content(file);
    String digest = OnnxFile.sha256(content);
    if (!digest.equals(known.sha256())) {
      throw new UsageException(
          ("%s is not the published model '%s': its SHA-256 is %s, not %s: nothing was done. Delete"
                  + " it, and bring it anew with 'deploy/fetch-assets %s'")
              .formatted(file, known.name(), digest, known.sha256(), known.name()));
    }
    if (known.name().equals(KnownModel.MESH)) {
      return LocalDisk.location(new TranslatedModel(file, known.sha256()).onnx());
    }
    return LocalDisk.location(isOpen(content, file) ? file : opened(file));
  }

  private static String option(KnownModel known) {
    return known.name().equals(KnownModel.MESH) ? "--mesh-model" : "--model";
  }

  private static boolean isOpen(byte[] content, Path file) {
    InputSize size =
        ModelRecognition.describe(
                content, file.getFileName().toString(), RecognitionOptions.BY_FILE)
            .size();
    return size.height() == InputSize.DYNAMIC && size.width() == InputSize.DYNAMIC;
  }

  /** The model made to take any image, by an import that is done once. */
  private static Path opened(Path file) {
    Path opened =
        file.resolveSibling(file.getFileName().toString().replace(".onnx", "-dynamic.onnx"));
    if (!Files.isRegularFile(opened)) {
      try {
        new ImportAction(
                file,
                opened,
                WritePolicy.OVERWRITE,
                RecognitionOptions.BY_FILE,
                Preprocessing.AS_IS)
            .execute();
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
    return opened;
  }

  /** The folder of the cache, which need not be there. */
  public static Path folder() {
    String own = System.getenv("RETINASPARK_CACHE");
    if (own != null && !own.isEmpty()) {
      return Path.of(own);
    }
    String base = System.getenv("XDG_CACHE_HOME");
    return base != null && !base.isEmpty()
        ? Path.of(base, "retinaspark")
        : Path.of(System.getProperty("user.home"), ".cache", "retinaspark");
  }
}
