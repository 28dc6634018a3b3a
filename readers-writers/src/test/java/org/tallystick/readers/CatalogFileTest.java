package org.tallystick.readers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tallystick.readers.CatalogFile.Declaration;

class CatalogFileTest {

  @TempDir private Path folder;

  @Test
  void listsDeclarationsInTheOrderInWhichTheyAreApplied() throws IOException {
    var catalog =
        read(
            """
            wallets: [{customer: c, unit: USD}]
            contracts: [{key: k}]
            customers: [{key: d}, {key: c}]
            plans: [{key: p, from: 1993-10-01}, {key: p, from: 1994-01-01}]
            meters: [{key: m}]
            formats: [{key: f}]
            """);
    assertThat(catalog.name()).isEqualTo("catalog.yaml");
    assertThat(catalog.declarations().stream().map(CatalogFileTest::code))
        .containsExactly(
            "format f",
            "meter m",
            "plan p@1993-10-01",
            "plan p@1994-01-01",
            "customer d",
            "customer c",
            "contract k",
            "wallet c/USD");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          meters: [{key: m}, {key: m}] | an entry of meters: meter m is declared twice
          plans: [{key: p, from: 1993-10-01}, {key: p, from: 1993-10-01}] | p@1993-10-01 is decl
          wallets: [{customer: c, unit: USD}, {customer: c, unit: USD}] | wallet c/USD is declared
          meters: [{name: m}]          | field 'key' is missing in an entry of meters
          plans: [{key: p}]            | field 'from' is missing in an entry of plans
          plans: [{key: p, from: now}] | field 'from': expected a date like 1993-10-01, found 'now'
          wallets: [{customer: c}]     | field 'unit' is missing in an entry of wallets
          meter: [{key: m}]            | unknown field 'meter' in the document; expected one of fo
          meters: {key: m}             | field 'meters': expected a list, found fields
          """,
      delimiter = '|')
  void refusesOtherDeclarations(String document, String message) {
    assertThatThrownBy(() -> read(document))
        .isInstanceOf(CatalogRefused.class)
        .hasMessageStartingWith("catalog.yaml line 1: ")
        .hasMessageContaining(message);
  }

  @Test
  void takesTheSameKeyForOneOfEachKind() throws IOException {
    assertThat(read("meters: [{key: a}]\ncustomers: [{key: a}]\n").declarations()).hasSize(2);
  }

  @Test
  void refusesWhatIsNoFile() {
    var nowhere = folder.resolve("nowhere.yaml");
    assertThatThrownBy(() -> CatalogFile.read(nowhere))
        .isInstanceOf(CatalogRefused.class)
        .hasMessage("there is no file " + nowhere);
    assertThatThrownBy(() -> CatalogFile.read(folder))
        .isInstanceOf(CatalogRefused.class)
        .hasMessage("there is no file " + folder);
  }

  private static String code(Declaration declaration) {
    return declaration.kind().code() + " " + declaration.key();
  }

  private CatalogFile read(String document) throws IOException {
    return CatalogFile.read(Files.writeString(folder.resolve("catalog.yaml"), document));
  }
}
