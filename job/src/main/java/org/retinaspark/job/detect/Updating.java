package org.retinaspark.job.detect;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.StructType;
import org.retinaspark.io.images.ImageListing;
import org.retinaspark.io.table.TableDraft;
import org.retinaspark.job.UsageException;
import org.retinaspark.job.update.KnownFaces;
import org.retinaspark.job.update.OlderTable;
import org.retinaspark.job.update.TableUpdate;
import org.retinaspark.udf.detect.Family;
import org.retinaspark.udf.pipeline.FaceDetails;

/**
 * A run that begins with an older table: what of the new one it has.
 *
 * @param older the table
 * @param told details of faces that it has and the new one will have
 * @param added details that only the new one will have
 * @param likely score of a face from which on it may have the added ones, from 0 to 1
 */
record Updating(
    OlderTable older, Set<FaceDetails.Kind> told, Set<FaceDetails.Kind> added, double likely) {

  /**
   * A run that makes details of an older table.
   *
   * @param detector of the run
   * @throws UsageException if only a detector can tell what is added
   */
  static Updating of(OlderTable older, DetailPlan details, DetailOptions options, Family detector) {
    Set<FaceDetails.Kind> told = RecordedDetails.kinds(older.settings());
    told.retainAll(details.kinds());
    Set<FaceDetails.Kind> added = EnumSet.noneOf(FaceDetails.Kind.class);
    added.addAll(details.kinds());
    added.removeAll(told);
    if (!added.isEmpty() && !detector.meshes().isEmpty()) {
      throw new UsageException(
          ("the table '%s' of --update lacks %s, which hang on the detector's own meshes: nothing"
                  + " was done, since an update adds only what a second look at its boxes tells."
                  + " Make a new table without --update, or leave these details out")
              .formatted(
                  older.location(),
                  added.stream().map(DetailOptions::label).collect(Collectors.joining(", "))));
    }
    return new Updating(
        older, told, added, details.second().isPresent() ? options.limits().minimumScore() : 0);
  }

  /**
   * The settings of the run, if its rows go together with those of the table.
   *
   * @param own of the run
   * @param columnsThen of the run, but for those that are added
   * @throws UsageException naming what differs
   */
  RunSettings checked(RunSettings own, StructType columnsThen, DetectConfig config) {
    own.requireUpdates(older.settings(), older.location(), columnsThen);
    if (!config.network().mixesProviders()) {
      RecordedSettings.ofUpdated(older.settings(), older.location())
          .requireProviders(own.providers());
    }
    return own.updating(older);
  }

  /**
   * What of the table still stands.
   *
   * @throws UsageException if nobody can tell
   */
  TableUpdate compared(ImageListing listing, ImageTasks tasks, TableDraft draft)
      throws IOException {
    if (tasks.hasKeyedRows()) {
      throw new UsageException(
          ("--update can't tell which rows of the input's tables changed, since they go by keys of"
                  + " their own: nothing was done. Add new rows to '%s' in place with --resume, or"
                  + " make a new table without --update")
              .formatted(older.location()));
    }
    return TableUpdate.of(
        older,
        listing,
        tasks.hasOwnKeys(),
        added.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(likely),
        draft.doneUnits());
  }

  /** The faces that the detector need not look for again; absent if nothing is added to them. */
  Optional<KnownFaces> known(ImageTasks tasks) {
    return added.isEmpty()
        ? Optional.empty()
        : Optional.of(new KnownFaces(older, tasks.hasOwnKeys()));
  }
}
