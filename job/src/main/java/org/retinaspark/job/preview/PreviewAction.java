package org.retinaspark.job.preview;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.retinaspark.io.Destination;
import org.retinaspark.io.FileLocation;
import org.retinaspark.io.WholeFile;
import org.retinaspark.io.WritePolicy;
import org.retinaspark.io.facetable.FaceTable;
import org.retinaspark.io.facetable.ImageRecord;
import org.retinaspark.io.table.TableLocation;
import org.retinaspark.job.TableOrigin;
import org.retinaspark.job.UsageException;
import org.retinaspark.udf.image.DecodeException;
import org.retinaspark.udf.image.DecodeSettings;
import org.retinaspark.udf.image.Orientation;
import org.retinaspark.udf.image.decode.ImageDecoder;

/** Shows the first images of a table with their faces, on a page that needs nothing else. */
public final class PreviewAction {

  private static final String PAGE = "index.html";

  private final SparkSession spark;
  private final Configuration hadoop;
  private final PreviewConfig config;

  /** An action that does nothing yet. */
  public PreviewAction(SparkSession spark, PreviewConfig config) {
    this.spark = spark;
    this.hadoop = spark.sparkContext().hadoopConfiguration();
    this.config = config;
  }

  /**
   * Writes the page.
   *
   * @throws UsageException if there is no such table, or a page stands there already
   * @throws IOException if the page can't be written
   */
  public PreviewResult execute() throws IOException {
    Destination destination = new Destination(config.output(), hadoop);
    destination.requireOutside(config.detections());
    if (config.input() != null) {
      destination.requireNot(config.input());
    }
    Path page = new Path(config.output(), PAGE);
    destination.tryWriting(page.getParent());
    FileSystem files = page.getFileSystem(hadoop);
    if (config.policy() == WritePolicy.CREATE && files.exists(page)) {
      throw new UsageException(
          "'%s' exists already: nothing was done. Choose another --output, or give --overwrite"
              .formatted(page));
    }
    TableLocation table = TableLocation.of(config.detections(), hadoop);
    FaceTable faces = FaceTable.of(table.read(spark), config.detections());
    TableOrigin origin = TableOrigin.of(table);
    Optional<Orientation> orientation = origin.option("orientation", Orientation.class);
    List<String> warnings = new ArrayList<>(origin.warnings());
    if (orientation.isEmpty()) {
      warnings.add(
          "photos are shown upright, and boxes are misplaced where the run had --orientation"
              + " ignore");
    }
    long total = faces.images().count();
    List<ImageRecord> shown = faces.first(config.limit());
    try (ImageDecoder decoder = ImageDecoder.open(decoding(orientation))) {
      new WholeFile(page, hadoop).write(file -> write(file, shown, total, origin, decoder));
    }
    return new PreviewResult(files.makeQualified(page).toString(), shown, warnings);
  }

  private void write(
      OutputStream file,
      List<ImageRecord> shown,
      long total,
      TableOrigin origin,
      ImageDecoder decoder)
      throws IOException {
    Writer out = new OutputStreamWriter(file, StandardCharsets.UTF_8);
    PreviewPage writer = new PreviewPage(out, config.minimumScore());
    writer.begin(config.detections(), shown, total);
    writer.passedOver("files of the input", counts(origin, "passedOver"));
    writer.passedOver("members of archives", counts(origin, "membersPassedOver"));
    for (ImageRecord image : shown) {
      add(image, decoder, writer);
    }
    writer.end();
    out.flush();
  }

  private void add(ImageRecord image, ImageDecoder decoder, PreviewPage writer) throws IOException {
    if (image.frame() == null) {
      writer.add(image, null, null);
      return;
    }
    String photo = null;
    String problem = null;
    try {
      photo = Thumbnail.address(decoder.decode(content(image)).pixels());
    } catch (IOException | DecodeException failure) {
      problem = String.valueOf(failure.getMessage());
    }
    writer.add(image, photo, problem);
  }

  private byte[] content(ImageRecord image) throws IOException {
    FileLocation location =
        FileLocation.of(
            config.input() == null ? image.uri() : config.input() + "/" + image.image(), hadoop);
    try (var in = location.files().open(location.path())) {
      return in.readAllBytes();
    }
  }

  /** Counts by reason, as the table's {@code _run.json} has them; none in older ones. */
  private static Map<String, Long> counts(TableOrigin origin, String what) {
    JsonNode reasons = origin.manifest().path("counts").path(what);
    Map<String, Long> counts = new TreeMap<>();
    reasons
        .fieldNames()
        .forEachRemaining(reason -> counts.put(reason, reasons.path(reason).asLong()));
    return counts;
  }

  /** The frame of the table's coordinates: what the run did with the EXIF orientation. */
  private static DecodeSettings decoding(Optional<Orientation> orientation) {
    return new DecodeSettings(
        orientation.orElse(Orientation.APPLY), DecodeSettings.DEFAULT_MAX_PIXELS);
  }
}
