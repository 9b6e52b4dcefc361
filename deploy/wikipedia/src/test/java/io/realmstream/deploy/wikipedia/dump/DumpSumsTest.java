package io.realmstream.deploy.wikipedia.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DumpSumsTest {
  /** Of "abc", as the standard (FIPS 180-2, B.1) gives it. */
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  private final Path folder;
  private final Path file;

  DumpSumsTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.file = Files.writeString(folder.resolve("a.xml"), "abc");
  }

  @Test
  void withoutSumsNothingIsSaid() throws IOException {
    DumpSums sums = DumpSums.beside(file);
    assertThat(sums.warnings(List.of(file))).isEmpty();
    assertThatCode(() -> sums.check(file)).doesNotThrowAnyException();
  }

  @Test
  void sumThatAgreesPassesAndAnotherIsAnError() throws IOException {
    Files.writeString(folder.resolve("SHA256SUMS"), ABC + "  a.xml\n");
    assertThatCode(() -> DumpSums.beside(file).check(file)).doesNotThrowAnyException();
    Files.writeString(folder.resolve("SHA256SUMS"), ABC.replace('b', 'c') + " *a.xml\n");
    assertThatThrownBy(() -> DumpSums.beside(file).check(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a.xml is not what SHA256SUMS says: " + ABC);
  }

  @Test
  void whatIsMissingIsSaid() throws IOException {
    Files.writeString(
        folder.resolve("SHA256SUMS"), ABC + "  b.xml\n" + ABC + "  c.xml\nnonsense\n");
    assertThat(DumpSums.beside(file).warnings(List.of(file)))
        .containsExactly(
            "there is no _SUCCESS beside SHA256SUMS: the dump may be incomplete",
            "2 files of SHA256SUMS are not imported here",
            "a.xml is not in SHA256SUMS");
    Files.writeString(folder.resolve("_SUCCESS"), "");
    Files.writeString(folder.resolve("SHA256SUMS"), ABC + "  a.xml\n");
    assertThat(DumpSums.beside(file).warnings(List.of(file))).isEmpty();
  }
}
