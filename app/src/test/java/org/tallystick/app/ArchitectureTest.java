package org.tallystick.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Set;
import java.util.function.Predicate;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

/// Which code may know which: domain ← readers, writers, sql ← jobs ← schedules ← app.
@AnalyzeClasses(packages = "org.tallystick", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String[] EDGE = {
    "org.tallystick.readers..", "org.tallystick.writers..", "org.tallystick.sql.."
  };
  private static final Set<String> CLOCKS =
      Set.of(
          Clock.class.getName(),
          Instant.class.getName(),
          LocalDate.class.getName(),
          LocalDateTime.class.getName(),
          OffsetDateTime.class.getName(),
          ZonedDateTime.class.getName(),
          System.class.getName());

  @ArchTest
  static final ArchRule modulesDependOneWay =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("org.tallystick..")
          .layer("domain")
          .definedBy("org.tallystick.domain..")
          .layer("readers-writers")
          .definedBy(EDGE)
          .layer("jobs")
          .definedBy("org.tallystick.jobs..")
          .layer("schedules")
          .definedBy("org.tallystick.schedules..")
          .optionalLayer("api")
          .definedBy("org.tallystick.api..")
          .layer("app")
          .definedBy("org.tallystick.app..")
          .whereLayer("domain")
          .mayNotAccessAnyLayer()
          .whereLayer("readers-writers")
          .mayOnlyAccessLayers("domain")
          .whereLayer("jobs")
          .mayOnlyAccessLayers("domain", "readers-writers")
          .whereLayer("schedules")
          .mayOnlyAccessLayers("domain", "readers-writers", "jobs")
          .whereLayer("api")
          .mayOnlyAccessLayers("domain", "readers-writers", "jobs")
          .whereLayer("app")
          .mayNotBeAccessedByAnyLayer()
          .ensureAllClassesAreContainedInArchitecture();

  @ArchTest
  static final ArchRule domainIsPlainJava =
      classes()
          .that()
          .resideInAPackage("org.tallystick.domain..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "org.tallystick.domain..",
              "java..",
              "com.ezylang.evalex..",
              "javax.money..",
              "org.threeten.extra..",
              "org.jspecify..");

  @ArchTest
  static final ArchRule domainHasNoFloatingPoint =
      noClasses()
          .that()
          .resideInAPackage("org.tallystick.domain..")
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(Double.class, Float.class);

  @ArchTest
  static final ArchRule readersAndWritersKnowNoJobs =
      noClasses()
          .that()
          .resideInAnyPackage(EDGE)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.springframework.batch.core..");

  @ArchTest
  static final ArchRule packagesAreFreeOfCycles =
      slices().matching("org.tallystick.(**)").should().beFreeOfCycles();

  /// `chunk(n)` without a transaction manager uses none, so one class gives it one.
  @ArchTest
  static final ArchRule oneClassBuildsChunkSteps =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("org.tallystick.jobs.ChunkSteps")
          .should()
          .callMethodWhere(calls("StepBuilder.chunk", ArchitectureTest::buildsChunks));

  @ArchTest
  static final ArchRule fieldsAreNotInjected =
      noFields()
          .should()
          .beAnnotatedWith(Autowired.class)
          .orShould()
          .beAnnotatedWith(Value.class)
          .allowEmptyShould(true);

  /// As-of is a parameter everywhere else.
  @ArchTest
  static final ArchRule onlyTheEdgesOwnAClock =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "org.tallystick.app..", "org.tallystick.api..", "org.tallystick.schedules..")
          .should()
          .callMethodWhere(calls("a clock", ArchitectureTest::readsAClock));

  private static DescribedPredicate<JavaCall<?>> calls(
      String what, Predicate<JavaCall<?>> condition) {
    return DescribedPredicate.describe(what, condition);
  }

  private static boolean buildsChunks(JavaCall<?> call) {
    return call.getTargetOwner().isEquivalentTo(StepBuilder.class)
        && call.getName().equals("chunk");
  }

  private static boolean readsAClock(JavaCall<?> call) {
    return CLOCKS.contains(call.getTargetOwner().getName())
        && (call.getName().equals("now")
            || call.getName().equals("currentTimeMillis")
            || call.getName().startsWith("system")
            || call.getName().startsWith("tick"))
        && !takesAClock(call);
  }

  private static boolean takesAClock(JavaCall<?> call) {
    return call.getTarget().getRawParameterTypes().stream()
        .anyMatch(type -> type.isAssignableTo(Clock.class));
  }
}
