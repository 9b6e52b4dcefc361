package io.realmstream.deploy.cli.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.schemas.document.DocumentEdit;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputsTest {
  private Path directory = Path.of("");
  private String first = "";
  private String second = "";

  @BeforeEach
  void twoFiles(@TempDir Path folder) throws IOException {
    directory = folder;
    first = write("first.jsonl", bytes(row("a") + "\n" + row("b") + "\r\n\n" + row("c")));
    second = write("second.jsonl", bytes(row("d") + "\n" + row("e") + "\n"));
  }

  @Test
  void rowsComeInOrderWithTheirPlaces() throws IOException {
    assertThat(read(inputs(first, second)))
        .containsExactly(
            first + ":1 a", first + ":2 b", first + ":4 c", second + ":1 d", second + ":2 e");
  }

  @Test
  void compressedFilesReadAsPlainOnes() throws IOException {
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    // two members, as parallel compressors write them
    for (String id : List.of("a", "b")) {
      try (OutputStream member = new GZIPOutputStream(gzip)) {
        member.write(bytes(row(id) + "\n"));
      }
    }
    ByteArrayOutputStream bzip2 = new ByteArrayOutputStream();
    for (String id : List.of("c", "d")) {
      try (OutputStream member = new BZip2CompressorOutputStream(bzip2)) {
        member.write(bytes(row(id) + "\n"));
      }
    }
    String gz = write("x.jsonl.gz", gzip.toByteArray());
    String bz2 = write("y.jsonl.bz2", bzip2.toByteArray());
    assertThat(read(inputs(gz, bz2)))
        .containsExactly(gz + ":1 a", gz + ":2 b", bz2 + ":1 c", bz2 + ":2 d");
  }

  @Test
  void dashIsStandardInput() throws IOException {
    assertThat(read(inputs("-"))).containsExactly("-:1 stdin");
  }

  @Test
  void resumingLeavesOutWhatIsBefore() throws IOException {
    assertThat(read(inputs(first, second).from(new Position(first, 3))))
        .containsExactly(first + ":4 c", second + ":1 d", second + ":2 e");
    assertThat(read(inputs(first, second).from(new Position(second, 2))))
        .containsExactly(second + ":2 e");
  }

  @Test
  void resumingBehindTheEndOfAFileGoesOnWithTheNext() throws IOException {
    assertThat(read(inputs(first, second).from(new Position(first, 5))))
        .containsExactly(second + ":1 d", second + ":2 e");
  }

  @Test
  void resumingInAFileThatIsNotLoadedIsRefused() {
    assertThatThrownBy(() -> inputs(first).from(new Position("other.jsonl", 1)))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("other.jsonl:1");
  }

  @Test
  void badRowIsReportedAndTheNextIsRead() throws IOException {
    String file = write("bad.jsonl", bytes("{\n" + row("a") + "\n"));
    Inputs inputs = inputs(file);
    InputRow bad = Objects.requireNonNull(inputs.next());
    assertThat(bad.edit()).isNull();
    assertThat(bad.problem()).startsWith("no JSON");
    assertThat(bad.position()).hasToString(file + ":1");
    assertThat(read(inputs)).containsExactly(file + ":2 a");
  }

  @Test
  void folderGivesItsTextFilesByPath() throws IOException {
    Path folder = Files.createDirectories(directory.resolve("notes/deep"));
    Path notes = Objects.requireNonNull(folder.getParent());
    Instant edited = Instant.parse("2026-01-02T03:04:05Z");
    Path plain = Files.writeString(notes.resolve("b plain.txt"), "# no heading here\nText.");
    Files.setLastModifiedTime(plain, FileTime.from(edited));
    Files.writeString(folder.resolve("a.md"), "Intro.\n\n## The Heading ##\nText.");
    Files.writeString(notes.resolve("ignored.json"), "{}");
    try (Inputs inputs = inputs(notes.toString())) {
      DocumentEdit plainEdit = edit(inputs.next());
      assertThat(plainEdit.id()).isEqualTo("b plain.txt");
      assertThat(plainEdit.title()).isEqualTo("b plain");
      assertThat(plainEdit.text()).isEqualTo("# no heading here\nText.");
      assertThat(plainEdit.eventTime()).isEqualTo(edited);
      DocumentEdit markdown = edit(inputs.next());
      assertThat(markdown.id()).isEqualTo("deep/a.md");
      assertThat(markdown.title()).isEqualTo("The Heading");
      assertThat(markdown.revision()).isNull();
      assertThat(inputs.next()).isNull();
    }
  }

  @Test
  void folderWithoutTextsAndMissingFileAreUsageErrors() throws IOException {
    Path empty = Files.createDirectory(directory.resolve("empty"));
    assertThatThrownBy(() -> inputs(empty.toString())).isInstanceOf(CommandFailure.class);
    assertThatThrownBy(() -> inputs("missing.jsonl"))
        .isInstanceOf(CommandFailure.class)
        .hasMessage("cannot read missing.jsonl");
  }

  @Test
  void bytesReadEndAtBytesInAll() throws IOException {
    Inputs inputs = inputs(first, second);
    assertThat(inputs.bytesTotal())
        .isEqualTo(Files.size(Path.of(first)) + Files.size(Path.of(second)));
    assertThat(inputs.bytesRead()).isZero();
    read(inputs);
    assertThat(inputs.bytesRead()).isEqualTo(inputs.bytesTotal());
  }

  private static Inputs inputs(String... arguments) {
    InputStream stdin = new ByteArrayInputStream(bytes(row("stdin")));
    return Inputs.of(List.of(arguments), DocumentFormat.DOCUMENTS, RowFields.OF_FORMAT, stdin);
  }

  private static List<String> read(Inputs inputs) throws IOException {
    List<String> rows = new ArrayList<>();
    for (InputRow row = inputs.next(); row != null; row = inputs.next()) {
      rows.add(row.position() + " " + edit(row).id());
    }
    inputs.close();
    return rows;
  }

  private static DocumentEdit edit(@Nullable InputRow row) {
    return Objects.requireNonNull(Objects.requireNonNull(row).edit());
  }

  private String write(String name, byte[] content) throws IOException {
    return Files.write(directory.resolve(name), content).toString();
  }

  private static String row(String id) {
    return "{\"id\":\"" + id + "\",\"text\":\"t\"}";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
