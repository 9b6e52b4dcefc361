package io.realmstream.jobs;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The rules for packages that hold in each part of the tree, whatever it is about.
 *
 * @param classes those of main, of the packages that the rules are for
 */
record FloorPlan(JavaClasses classes) {
  static final int FILES_MAX = 16;

  /** Those in a package and below it. */
  static FloorPlan of(String... packages) {
    return new FloorPlan(
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(packages));
  }

  /** No package depends on itself by way of others. */
  ArchRule packagesAreFreeOfCycles() {
    return slices()
        .assignedFrom(slicedBy("package", JavaClass::getPackageName))
        .should()
        .beFreeOfCycles();
  }

  /** No file of a package depends on itself by way of others of the package. */
  ArchRule filesAreFreeOfCycles() {
    return slices()
        .assignedFrom(slicedBy("file", type -> outermost(type).getName()))
        .should()
        .beFreeOfCycles();
  }

  /** Packages of more than {@value #FILES_MAX} files, each with its number. */
  Map<String, Long> tooLarge() {
    Map<String, Long> files = new TreeMap<>();
    for (JavaClass type : classes) {
      if (type.equals(outermost(type))) {
        files.merge(type.getPackageName(), 1L, Long::sum);
      }
    }
    files.values().removeIf(count -> count <= FILES_MAX);
    return files;
  }

  private static JavaClass outermost(JavaClass type) {
    return type.getEnclosingClass().map(FloorPlan::outermost).orElse(type);
  }

  private static SliceAssignment slicedBy(String what, Function<JavaClass, String> name) {
    return new SliceAssignment() {
      @Override
      public SliceIdentifier getIdentifierOf(JavaClass type) {
        return SliceIdentifier.of(name.apply(type));
      }

      @Override
      public String getDescription() {
        return "each " + what;
      }
    };
  }
}
