package io.realmstream.jobs.wikipedia;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Of the other jobs the follower knows ends, dead letters and metrics alone. */
class WikipediaFloorPlanTest {
  private static final String HERE = "io.realmstream.jobs.wikipedia..";

  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.realmstream.jobs.wikipedia", "io.realmstream.model.wikipedia");

  @Test
  void itDoesNotKnowTheOtherJobs() {
    noClasses()
        .that()
        .resideInAPackage(HERE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.realmstream.jobs.retriever..",
            "io.realmstream.jobs.updater..",
            "io.realmstream.jobs.versions..",
            "io.realmstream.model.updating..",
            "io.realmstream.model.serving..")
        .check(classes);
  }

  @Test
  void onlyTheGraphKnowsKafka() {
    noClasses()
        .that()
        .resideInAPackage("io.realmstream.jobs.wikipedia.(*)..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.realmstream.jobs.kafka..")
        .check(classes);
  }

  @Test
  void noPackageDependsOnItself() {
    slices()
        .matching("io.realmstream.jobs.wikipedia.(*)..")
        .should()
        .beFreeOfCycles()
        .check(classes);
  }
}
