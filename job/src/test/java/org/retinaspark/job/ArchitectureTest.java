package org.retinaspark.job;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.stream.Stream;

/** The rules of the house: which room may know which. */
@AnalyzeClasses(
    packages = "org.retinaspark",
    importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NoTests.class})
class ArchitectureTest {

  private static final long TYPES_A_PACKAGE = 30;

  @ArchTest
  static final ArchRule DETECT_KNOWS_ONLY_THE_JDK =
      classes()
          .that()
          .resideInAPackage("org.retinaspark.udf.detect..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "org.jspecify..", "org.retinaspark.udf.detect..");

  @ArchTest
  static final ArchRule CROP_IS_PURE =
      classes()
          .that()
          .resideInAPackage("org.retinaspark.udf.crop..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "org.jspecify..",
              "org.apache.commons.math3..",
              "org.retinaspark.udf.detect",
              "org.retinaspark.udf.crop..");

  @ArchTest
  static final ArchRule EVALUATION_IS_PURE =
      classes()
          .that()
          .resideInAPackage("org.retinaspark.job.measures")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "org.jspecify..", "org.retinaspark.job.measures");

  @ArchTest
  static final ArchRule EVALUATION_OF_POINTS_AND_POSE_IS_PURE =
      classes()
          .that()
          .resideInAPackage("org.retinaspark.job.measures.dense")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "org.jspecify..",
              "org.retinaspark.job.measures",
              "org.retinaspark.job.measures.dense");

  @ArchTest
  static final ArchRule MATCHING_IS_PURE =
      classes()
          .that()
          .resideInAPackage("org.retinaspark.udf.train.matching")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "org.jspecify..",
              "org.retinaspark.udf.detect..",
              "org.retinaspark.udf.train.matching");

  @ArchTest
  static final ArchRule VIEWS_ARE_PURE =
      classes()
          .that()
          .resideInAPackage("org.retinaspark.udf.train.view")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "org.jspecify..",
              "org.retinaspark.udf.detect..",
              "org.retinaspark.udf.image",
              "org.retinaspark.udf.train.matching",
              "org.retinaspark.udf.train.view");

  @ArchTest
  static final ArchRule LOSSES_KNOW_ONLY_THE_JDK =
      classes()
          .that()
          .resideInAPackage("org.retinaspark.job.train.loss")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "org.jspecify..", "org.retinaspark.job.train.loss");

  @ArchTest
  static final ArchRule REGRESSION_IS_PURE =
      classes()
          .that()
          .resideInAPackage("org.retinaspark.job.train.regression")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "scala..",
              "breeze..",
              "org.apache.commons.math3..",
              "org.jspecify..",
              "org.retinaspark.job.train.regression");

  @ArchTest
  static final ArchRule ONE_ROOM_KNOWS_BREEZE =
      onlyIn("org.retinaspark.job.train.regression", "breeze..");

  @ArchTest static final ArchRule IMAGE_KNOWS_NOTHING_OF_THE_HOUSE = rooms("image");

  @ArchTest static final ArchRule INPUT = rooms("input", "crop", "detect", "image");

  @ArchTest static final ArchRule RUNTIME_KNOWS_NOTHING_OF_FACES = rooms("runtime");

  @ArchTest static final ArchRule GRAPH_KNOWS_NOTHING_OF_THE_HOUSE = rooms("graph");

  @ArchTest static final ArchRule NETWORK = rooms("network", "graph", "detect");

  // What comes out of a file is made printable as what comes out of a graph is.
  @ArchTest static final ArchRule WEIGHTS = rooms("weights", "graph");

  @ArchTest
  static final ArchRule ONE_ROOM_KNOWS_PICKLES =
      onlyIn("org.retinaspark.udf.weights", "net.razorvine..");

  // float16 is read as a file of weights has it.
  @ArchTest static final ArchRule TFLITE = rooms("tflite", "graph", "weights");

  @ArchTest
  static final ArchRule ONE_ROOM_KNOWS_FLATBUFFERS =
      onlyIn("org.retinaspark.udf.tflite", "com.google.flatbuffers..");

  @ArchTest
  static final ArchRule BUILD = rooms("build", "network", "weights", "model", "graph", "detect");

  // The pixels of an input are what its import is tried out with.
  @ArchTest
  static final ArchRule MODEL =
      rooms("model", "catalogue", "graph", "runtime", "detect", "input", "image");

  @ArchTest
  static final ArchRule HEADS =
      rooms("heads", "model", "network", "graph", "runtime", "detect", "input");

  @ArchTest static final ArchRule CATALOGUE_IS_DATA = rooms("catalogue");

  @ArchTest
  static final ArchRule PIPELINE =
      rooms("pipeline", "train", "heads", "crop", "model", "runtime", "detect", "input", "image");

  @ArchTest
  static final ArchRule SAMPLING_IS_PURE =
      classes()
          .that()
          .resideInAPackage("org.retinaspark.udf.train.sampling")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "org.jspecify..",
              "org.retinaspark.udf.detect..",
              "org.retinaspark.udf.heads",
              "org.retinaspark.udf.train..");

  @ArchTest
  static final ArchRule DENSE =
      rooms(
          "dense",
          "crop",
          "pipeline",
          "model",
          "catalogue",
          "tflite",
          "runtime",
          "graph",
          "detect",
          "input",
          "image");

  @ArchTest
  static final ArchRule ONE_ROOM_KNOWS_ONNX_RUNTIME =
      onlyIn("org.retinaspark.udf.runtime", "ai.onnxruntime..");

  @ArchTest
  static final ArchRule ONE_ROOM_KNOWS_THE_ONNX_FORMAT =
      onlyIn("org.retinaspark.udf.graph", "ai.onnx.proto..");

  /** A room of udf, with those inside it, knows these others and no further one of the project. */
  private static ArchRule rooms(String room, String... others) {
    String own = "org.retinaspark.udf." + room + "..";
    String[] known =
        Stream.concat(Stream.of(own), Stream.of(others).map("org.retinaspark.udf.%s.."::formatted))
            .toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage(own)
        .should()
        .dependOnClassesThat(
            resideInAPackage("org.retinaspark..").and(resideOutsideOfPackages(known)));
  }

  private static ArchRule onlyIn(String room, String library) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(room)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library);
  }

  @ArchTest
  static final ArchRule IO_KNOWS_NOTHING_OF_DETECTION =
      noClasses()
          .that()
          .resideInAPackage("org.retinaspark.io..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.retinaspark.udf..", "org.retinaspark.job..");

  @ArchTest
  static final ArchRule UDF_KNOWS_NOTHING_OF_STORAGE =
      noClasses()
          .that()
          .resideInAPackage("org.retinaspark.udf..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                      "org.retinaspark.io..", "org.retinaspark.job..", "org.apache.hadoop..")
                  .and(
                      resideOutsideOfPackages(
                          "org.retinaspark.io.facetable", "org.retinaspark.io.samples")));

  @ArchTest
  static final ArchRule ONE_ROOM_OF_UDF_FILLS_THE_TABLE =
      noClasses()
          .that(
              resideInAPackage("org.retinaspark.udf..")
                  .and(resideOutsideOfPackage("org.retinaspark.udf.spark")))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.retinaspark.io..");

  /** The tasks, the functions of SQL over them, and the door to both. */
  @ArchTest
  static final ArchRule FEW_ROOMS_OF_UDF_KNOW_SPARK =
      noClasses()
          .that(
              resideInAPackage("org.retinaspark.udf..")
                  .and(
                      resideOutsideOfPackages(
                          "org.retinaspark.udf",
                          "org.retinaspark.udf.sql",
                          "org.retinaspark.udf.spark")))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.spark..");

  @ArchTest
  static final ArchRule ONLY_MAIN_ENDS_THE_PROCESS =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("org.retinaspark.job.Main")
          .should()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");

  @ArchTest
  static final ArchRule NOTHING_READS_JAVA_OBJECTS =
      noClasses()
          .should()
          .dependOnClassesThat()
          .areAssignableTo(java.io.ObjectInputStream.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(java.beans.XMLDecoder.class);

  @ArchTest
  static final ArchRule NO_UTIL_CLASSES =
      noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Helpers)");

  /** Only Main knows both what commands share and the commands. */
  @ArchTest
  static final ArchRule NO_PACKAGE_CYCLES =
      slices()
          .matching("org.retinaspark.(**)")
          .should()
          .beFreeOfCycles()
          .ignoreDependency(equivalentTo(Main.class), alwaysTrue());

  @ArchTest
  static void aPackageHasAtMostThirtyTypes(JavaClasses classes) {
    Map<String, Long> packages =
        topLevel(classes).collect(groupingBy(JavaClass::getPackageName, counting()));
    packages.values().removeIf(types -> types <= TYPES_A_PACKAGE);
    assertThat(packages).as("packages of too many types").isEmpty();
  }

  @ArchTest
  static void noTwoClassesHaveOneName(JavaClasses classes) {
    Map<String, Long> names =
        topLevel(classes).collect(groupingBy(JavaClass::getSimpleName, counting()));
    names.values().removeIf(types -> types == 1);
    assertThat(names).as("names of more than one class").isEmpty();
  }

  private static Stream<JavaClass> topLevel(JavaClasses classes) {
    return classes.stream()
        .filter(JavaClass::isTopLevelClass)
        .filter(type -> !type.getSimpleName().equals("package-info"));
  }

  /** The jar with the fixtures of udf counts as tests too, and so does a folder of that name. */
  public static final class NoTests implements ImportOption {

    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar") && !location.contains("/test/");
    }
  }
}
