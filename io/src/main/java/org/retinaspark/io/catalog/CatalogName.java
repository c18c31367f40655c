package org.retinaspark.io.catalog;

import java.util.List;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.connector.catalog.CatalogManager;
import org.apache.spark.sql.connector.catalog.CatalogPlugin;
import org.apache.spark.sql.connector.catalog.DelegatingCatalogExtension;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.apache.spark.sql.execution.datasources.v2.V2SessionCatalog;
import org.apache.spark.sql.internal.SessionState;
import org.retinaspark.io.RootCause;
import org.retinaspark.io.UnusableLocationException;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A table's name as Spark understands it: with a catalog before it, or in the session's own.
 *
 * @param name as it was given
 * @param catalog that has the table, or will
 * @param identifier of the table in it
 */
record CatalogName(String name, TableCatalog catalog, Identifier identifier) {

  private static final String CONFIGURING =
      ("Name the catalog to Spark and bring its jar, made for this Spark, by --packages"
          + " GROUP:NAME:VERSION --conf spark.sql.catalog.%1$s=CLASS and its settings"
          + " --conf spark.sql.catalog.%1$s.SETTING=VALUE; of Iceberg CLASS is"
          + " org.apache.iceberg.spark.SparkCatalog, with the settings type and warehouse."
          + " docs/interoperation.md has more");

  /**
   * Finds the catalog.
   *
   * @throws UnusableLocationException if the name is none, or the session doesn't have the catalog,
   *     can't load it or would forget its tables
   */
  static CatalogName of(SessionState session, String name) {
    List<String> parts = parts(session, name);
    CatalogManager catalogs = session.catalogManager();
    boolean qualified = parts.size() > 1 && isRegistered(catalogs, name, parts.get(0));
    if (!qualified && parts.size() > 2) {
      throw new UnusableLocationException(
          "table '%s' is in the catalog '%s', which this session doesn't have: nothing was written. %s"
              .formatted(name, parts.get(0), CONFIGURING.formatted(parts.get(0))));
    }
    CatalogPlugin plugin = qualified ? catalogs.catalog(parts.get(0)) : catalogs.currentCatalog();
    if (!(plugin instanceof TableCatalog tables)) {
      throw new UnusableLocationException(
          "table '%s' is in the catalog '%s', which has no tables: nothing was written. Name another"
              .formatted(name, plugin.name()));
    }
    List<String> place = parts.subList(qualified ? 1 : 0, parts.size());
    String[] namespace =
        place.size() == 1 && !qualified
            ? catalogs.currentNamespace()
            : place.subList(0, place.size() - 1).toArray(String[]::new);
    CatalogName found =
        new CatalogName(name, tables, Identifier.of(namespace, place.get(place.size() - 1)));
    found.requireLasting(session);
    return found;
  }

  private static List<String> parts(SessionState session, String name) {
    try {
      return CollectionConverters.asJava(session.sqlParser().parseMultipartIdentifier(name));
    } catch (ParseException wrong) {
      throw new UnusableLocationException(
          ("'%s' is no name of a table: nothing was written. Write catalog.database.table, and parts"
                  + " with other characters than letters, digits and _ between backquotes")
              .formatted(name),
          wrong);
    }
  }

  // Spark's exceptions are checked ones that its methods don't declare; wrong jars are errors.
  @SuppressWarnings("IllegalCatch")
  private static boolean isRegistered(CatalogManager catalogs, String name, String catalog) {
    try {
      return catalogs.isCatalogRegistered(catalog);
    } catch (Exception | LinkageError failure) {
      throw new UnusableLocationException(
          "table '%s' is in the catalog '%s', which can't be loaded (%s): nothing was written. %s"
              .formatted(name, catalog, RootCause.text(failure), CONFIGURING.formatted(catalog)),
          failure);
    }
  }

  /** The session's own catalog may be no more than this process's memory. */
  private void requireLasting(SessionState session) {
    boolean sessionsOwn =
        catalog instanceof V2SessionCatalog || catalog instanceof DelegatingCatalogExtension;
    if (sessionsOwn
        && !isPath()
        && session.conf().getConfString("spark.sql.catalogImplementation").equals("in-memory")) {
      throw new UnusableLocationException(
          ("table '%s' is in the session's own catalog, which is in memory and ends with this"
                  + " process: nothing was written, since nobody would find the table. Name one of"
                  + " another catalog; or --conf spark.sql.catalogImplementation=hive with a Spark"
                  + " that has Hive; or, of Delta, a path: 'delta.`URI`'")
              .formatted(name));
    }
  }

  /** Whether the name is that of a folder, which needs no catalog: {@code delta.`/faces`}. */
  private boolean isPath() {
    return identifier.namespace().length == 1 && identifier.name().contains("/");
  }

  /** Whether the catalog has such a table. */
  boolean exists() {
    return catalog.tableExists(identifier);
  }
}
