package org.retinaspark.job.detect;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.retinaspark.io.facetable.ColumnNames;
import org.retinaspark.io.facetable.FaceTable;
import org.retinaspark.io.images.ImageFile;
import org.retinaspark.io.images.ImageListing;
import org.retinaspark.io.table.TableDraft;
import org.retinaspark.io.table.TablePolicy;

/**
 * What a run has to do.
 *
 * @param units to do, in the order of the listing
 * @param before units that are done already, and stay so
 * @param vanished units that are done, but not in the listing any more; their rows stay
 * @param size how many images a unit is
 */
record WorkList(List<ImageFile> units, long before, long vanished, UnitSize size) {

  /** How many images a unit is. */
  enum UnitSize {
    /** One. */
    ONE,
    /** As many as are found when it is read. */
    MANY
  }

  private static final String MEMBER = "!/";

  /** Keeps an unmodifiable copy. */
  WorkList {
    units = List.copyOf(units);
  }

  /** All of a listing that isn't done yet, and what failed where that is to be done again. */
  static WorkList of(ImageListing listing, TableDraft draft, TablePolicy policy)
      throws IOException {
    Set<String> done = policy.resumes() ? draft.doneUnits() : Set.of();
    Set<String> again = policy == TablePolicy.RETRY_FAILED ? failed(draft) : Set.of();
    List<ImageFile> units = new ArrayList<>();
    long listed = 0;
    for (ImageFile unit : listing.files()) {
      boolean known = done.contains(unit.image());
      if (known) {
        listed++;
      }
      if (!known || again.contains(unit.uri())) {
        units.add(unit);
      }
    }
    long vanished = done.size() - listed;
    return new WorkList(
        units,
        listing.files().size() + vanished - units.size(),
        vanished,
        listing.images().isPresent() ? UnitSize.ONE : UnitSize.MANY);
  }

  /** The URIs of files with failed images; of an archive's member also the archive's. */
  private static Set<String> failed(TableDraft draft) throws IOException {
    Set<String> failed = new HashSet<>();
    if (draft.rows().isPresent()) {
      FaceTable.of(draft.rows().get(), draft.uri())
          .failed()
          .select(ColumnNames.URI)
          .toLocalIterator()
          .forEachRemaining(row -> addWithArchives(row.getString(0), failed));
    }
    return failed;
  }

  private static void addWithArchives(String uri, Set<String> uris) {
    uris.add(uri);
    for (int end = uri.indexOf(MEMBER); end >= 0; end = uri.indexOf(MEMBER, end + 1)) {
      uris.add(uri.substring(0, end));
    }
  }

  /** Images to do, where their number is known before they are read. */
  OptionalLong images() {
    return size == UnitSize.ONE ? OptionalLong.of(units.size()) : OptionalLong.empty();
  }

  /** Rows that the table will have, where their number is known before images are read. */
  OptionalLong rows() {
    return size == UnitSize.ONE ? OptionalLong.of(before + units.size()) : OptionalLong.empty();
  }

  /** The units in parts of a size, the last one smaller. */
  List<List<ImageFile>> chunks(int size) {
    List<List<ImageFile>> chunks = new ArrayList<>();
    for (int start = 0; start < units.size(); start += size) {
      chunks.add(units.subList(start, Math.min(units.size(), start + size)));
    }
    return chunks;
  }
}
