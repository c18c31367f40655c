package org.retinaspark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.retinaspark.io.facetable.FaceDetail;
import org.retinaspark.io.facetable.TableLayout;
import org.retinaspark.io.facetable.TableSchema;

/**
 * Nobody but its owner reads the table by names of its own spelling. Sources are searched, since a
 * compiler puts constants and literals alike into a class.
 */
class ColumnLiteralsTest {

  private static final Path HOUSE = Path.of("..");

  /** Knows no table: frames of its own, keys and bytes, are all that it selects from. */
  private static final String MEASURES = "job/measures/";

  private static final String OWNER = "io/facetable/";

  private static final Pattern READS =
      Pattern.compile(
          "\\b(col|column|select|selectExpr|expr|where|filter|groupBy|orderBy|sort|drop|withColumn"
              + "|withColumnRenamed|repartition|repartitionByRange|sortWithinPartitions"
              + "|partitionBy|getAs|fieldIndex|getField)\\s*\\(");

  private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

  @Test
  void onlyTheOwnerSpellsColumns() throws IOException {
    Set<String> names = names();
    List<String> found = new ArrayList<>();
    int read = 0;
    for (Path source : sources()) {
      found.addAll(
          literals(Files.readString(source), names).map(it -> source + ": " + it).toList());
      read++;
    }
    assertThat(read).isGreaterThan(200);
    assertThat(found).isEmpty();
  }

  @Test
  void everyWayOfSpellingOneIsFound() {
    Set<String> names = names();
    assertThat(names).contains("best_score", "left_eye_x", "topology", "x1", "rle");
    String spark = "import org.apache.spark.sql.Row;\n";
    for (String wrong :
        List.of(
            "rows.select(\"id\", \"uri\")",
            "rows.where(col(\"status\").equalTo(1))",
            "rows\n  .groupBy(\n    col(\"error.code\"))",
            "row.<Integer>getAs(\"width\")",
            "rows.where(\"face_count > 1\")",
            "rows.selectExpr(\"explode(faces.score)\")")) {
      assertThat(literals(spark + wrong, names)).as(wrong).isNotEmpty();
    }
    for (String right :
        List.of(
            "rows.select(ColumnNames.URI)",
            "rows.where(\"count > 1\")",
            "// rows.select(\"uri\")",
            "json.put(\"image\", 1); col(\"_1\")")) {
      assertThat(literals(spark + right, names)).as(right).isEmpty();
    }
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(HOUSE)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> file.toString().contains("/src/main/java/"))
          .filter(file -> !file.toString().contains(OWNER) && !file.toString().contains(MEASURES))
          .toList();
    } catch (UncheckedIOException unreadable) {
      throw unreadable.getCause();
    }
  }

  /** Literals in the arguments of calls that read columns, if one of our names is in them. */
  private static Stream<String> literals(String source, Set<String> names) {
    if (!source.contains("import org.apache.spark.sql.")) {
      return Stream.empty();
    }
    String code = source.replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("(?m)(^|\\s)//.*$", "");
    List<String> found = new ArrayList<>();
    Matcher call = READS.matcher(code);
    while (call.find()) {
      Matcher literal = LITERAL.matcher(arguments(code, call.end()));
      while (literal.find()) {
        if (Stream.of(literal.group(1).split("\\W+")).anyMatch(names::contains)) {
          found.add(call.group() + literal.group());
        }
      }
    }
    return found.stream();
  }

  private static String arguments(String code, int start) {
    int depth = 1;
    int end = start;
    for (; end < code.length() && depth > 0; end++) {
      depth += code.charAt(end) == '(' ? 1 : code.charAt(end) == ')' ? -1 : 0;
    }
    return code.substring(start, end);
  }

  private static Set<String> names() {
    Set<String> names = new HashSet<>();
    for (TableLayout layout : TableLayout.values()) {
      add(
          new TableSchema(
                  layout, TableSchema.FIVE_LANDMARKS, Set.of(FaceDetail.values()), new StructType())
              .columns(),
          names);
    }
    return names;
  }

  private static void add(DataType type, Set<String> names) {
    if (type instanceof StructType struct) {
      for (StructField field : struct.fields()) {
        names.add(field.name());
        add(field.dataType(), names);
      }
    } else if (type instanceof ArrayType array) {
      add(array.elementType(), names);
    }
  }
}
