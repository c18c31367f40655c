package org.retinaspark.io.images;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.QuoteMode;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.retinaspark.io.UnusableLocationException;

/**
 * A manifest of text, read from its beginning to its end into rows of Parquet with the numbers of
 * their lines: CSV with a header (RFC 4180), or a list with a path a line. In a list, lines that
 * begin with {@code #} are comments, and blanks at the end of a line count for nothing.
 */
final class ManifestText {

  /** The only column of a list. */
  private static final String PATH = "path";

  private final Path manifest;
  private final FileSystem files;
  private final Path folder;

  /**
   * A manifest that is not read yet.
   *
   * @param folder a new one, for its rows
   */
  ManifestText(Path manifest, FileSystem files, Path folder) {
    this.manifest = manifest;
    this.files = files;
    this.folder = folder;
  }

  /**
   * Reads a list.
   *
   * @return the columns
   * @throws UnusableLocationException if it is not text of UTF-8
   */
  List<String> list() throws IOException {
    try (InputStream in = files.open(manifest);
        TextLimit text = TextLimit.over(in);
        BufferedReader lines = new BufferedReader(text);
        TextRows rows = new TextRows(1, folder, files.getConf())) {
      long number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        text.begin();
        String path = line.stripTrailing();
        if (!path.isEmpty() && !path.startsWith("#")) {
          requireText(number, path);
          rows.add(number, path);
        }
      }
      return List.of(PATH);
    } catch (CharacterCodingException otherText) {
      throw notText();
    }
  }

  /**
   * Reads CSV.
   *
   * @return the columns; one without a name is called {@code _c} and its number, as by Spark
   * @throws UnusableLocationException naming the line, if one has more or fewer fields than the
   *     header or quotes wrongly; or if the file has no header, columns of one name, or isn't text
   */
  List<String> csv(char separator) throws IOException {
    CSVFormat format =
        CSVFormat.RFC4180
            .builder()
            .setDelimiter(separator)
            .setIgnoreEmptyLines(true)
            .setNullString("")
            .setQuoteMode(QuoteMode.ALL_NON_NULL) // so that "" is a text, and nothing is null
            .get();
    try (InputStream in = files.open(manifest);
        TextLimit text = TextLimit.over(in);
        CSVParser parser = CSVParser.builder().setReader(text).setFormat(format).get()) {
      Iterator<CSVRecord> records = parser.iterator();
      if (!records.hasNext()) {
        throw refusal("has no header");
      }
      List<String> columns = columns(records.next(), separator);
      try (TextRows rows = new TextRows(columns.size(), folder, files.getConf())) {
        while (records.hasNext()) {
          CSVRecord row = records.next();
          text.begin();
          add(row, parser.getCurrentLineNumber(), columns.size(), rows);
        }
      }
      return columns;
    } catch (UncheckedIOException failure) {
      throw failure(Objects.requireNonNull(failure.getCause()));
    } catch (CSVException | CharacterCodingException failure) {
      throw failure(failure);
    }
  }

  private void add(CSVRecord row, long line, int columns, TextRows rows) throws IOException {
    String[] values = row.values();
    if (values.length == 1 && columns > 1 && (values[0] == null || values[0].isBlank())) {
      return;
    }
    if (values.length != columns) {
      throw refusal(
          "has %d fields in the row that ends at line %d, and %d in its header: put fields that hold the separator, quotes or the end of a line in quotes"
              .formatted(values.length, line, columns));
    }
    requireText(line, values);
    rows.add(line, values);
  }

  private List<String> columns(CSVRecord header, char separator) {
    List<String> columns = new ArrayList<>();
    Set<String> known = new TreeSet<>();
    for (String name : header.values()) {
      String column = name == null ? "_c" + columns.size() : name;
      requireText(1, column);
      if (!known.add(column.toLowerCase(Locale.ROOT))) {
        throw refusal("has two columns '%s'; rename one".formatted(column));
      }
      columns.add(column);
    }
    String only = columns.get(0);
    if (columns.size() == 1) {
      for (char other : new char[] {',', ';', '\t', '|'}) {
        if (other != separator && only.indexOf(other) >= 0) {
          throw refusal(
              "has one column '%s', which looks like several that other characters separate; give --csv-separator %s"
                  .formatted(only, other == '\t' ? "tab" : "'" + other + "'"));
        }
      }
    }
    return columns;
  }

  /** A text of UTF-16 is one of UTF-8 too, with null characters. */
  private void requireText(long line, String... values) {
    if (Arrays.stream(values).anyMatch(value -> value != null && value.indexOf(0) >= 0)) {
      throw refusal(
          "has a null character in line %d, as UTF-16 has; save it as UTF-8".formatted(line));
    }
  }

  private UnusableLocationException failure(IOException failure) throws IOException {
    if (failure instanceof CharacterCodingException) {
      return notText();
    }
    if (failure instanceof CSVException) {
      return refusal("quotes wrongly: " + failure.getMessage());
    }
    throw failure;
  }

  private UnusableLocationException notText() throws IOException {
    try (InputStream in = files.open(manifest)) {
      return refusal(
          "is not UTF-8 in line %d, but another encoding; save it as UTF-8"
              .formatted(TextLimit.firstBadLine(in)));
    }
  }

  private UnusableLocationException refusal(String reason) {
    return new UnusableLocationException(
        "manifest '%s' %s: nothing was read".formatted(manifest, reason));
  }
}
