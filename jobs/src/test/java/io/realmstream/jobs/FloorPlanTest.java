package io.realmstream.jobs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import org.junit.jupiter.api.Test;

/** Packages of the jobs: none too large, no circle, and arrows in one direction. */
class FloorPlanTest {
  private static final String RETRIEVER = "io.realmstream.jobs.retriever";
  private static final String UPDATER = "io.realmstream.jobs.updater";
  private static final String LEARNER = "io.realmstream.jobs.learner";
  private static final String KAFKA = "io.realmstream.jobs.kafka";
  private static final String SERVING = "io.realmstream.model.serving";
  private static final String UPDATING = "io.realmstream.model.updating";
  private static final String LEARNING = "io.realmstream.model.learning";
  private static final String WIKIPEDIA = "io.realmstream.model.wikipedia";
  private static final String WIKITEXT = "io.realmstream.model.wikitext";

  private final JavaClasses all = FloorPlan.of("io.realmstream.jobs").classes();
  private final FloorPlan plan =
      FloorPlan.of(RETRIEVER, UPDATER, LEARNER, SERVING, UPDATING, LEARNING, WIKIPEDIA, WIKITEXT);

  @Test
  void noPackageDependsOnItself() {
    plan.packagesAreFreeOfCycles().check(plan.classes());
  }

  @Test
  void noFileDependsOnItself() {
    plan.filesAreFreeOfCycles().check(plan.classes());
  }

  @Test
  void noPackageHasMoreThanSixteenFiles() {
    assertThat(plan.classes()).hasSizeGreaterThan(100);
    assertThat(plan.tooLarge()).isEmpty();
    assertThat(FloorPlan.of("io.realmstream.jobs").tooLarge()).isEmpty();
  }

  @Test
  void theJobsDoNotKnowEachOther() {
    none(RETRIEVER, UPDATER);
    none(UPDATER, RETRIEVER);
    none(LEARNER, RETRIEVER);
    none(LEARNER, UPDATER);
    none(RETRIEVER, LEARNER);
    none(UPDATER, LEARNER);
  }

  @Test
  void endsKnowNeitherJobAndAGraphDoesNotKnowKafka() {
    none(KAFKA, RETRIEVER);
    none(KAFKA, UPDATER);
    none("io.realmstream.jobs.graph", KAFKA);
    none(RETRIEVER + ".*", KAFKA);
    none(UPDATER + ".*", KAFKA);
    none(LEARNER + ".*", KAFKA);
  }

  @Test
  void operatorsDoNotKnowTheGraph() {
    noClasses()
        .that()
        .resideInAPackage(RETRIEVER + ".*..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(RETRIEVER)
        .check(all);
  }

  private void none(String from, String to) {
    noClasses()
        .that()
        .resideInAPackage(from + "..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(to + "..")
        .check(all);
  }
}
