package io.realmstream.deploy.cli.input;

import static io.realmstream.deploy.cli.input.ReadInputs.bytes;
import static io.realmstream.deploy.cli.input.ReadInputs.edit;
import static io.realmstream.deploy.cli.input.ReadInputs.inputs;
import static io.realmstream.deploy.cli.input.ReadInputs.problems;
import static io.realmstream.deploy.cli.input.ReadInputs.read;
import static io.realmstream.deploy.cli.input.ReadInputs.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.schemas.document.DocumentEdit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

  @Test
  void objectsOnOneLineAreRowsOfOnePlace() throws IOException {
    String file =
        write("cat.jsonl", bytes(row("a") + row("b") + " \uFEFF" + row("c") + "\n" + row("d")));
    assertThat(read(inputs(file)))
        .containsExactly(file + ":1 a", file + ":1 b", file + ":1 c", file + ":2 d");
    Inputs inputs = inputs(file);
    assertThat(Objects.requireNonNull(inputs.next()).behind()).hasToString(file + ":1");
    inputs.next();
    assertThat(Objects.requireNonNull(inputs.next()).behind()).hasToString(file + ":2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " x",
        "}",
        ",",
        " [1]",
        " 7",
        "{\"id\":\"b\"",
        "\u0000 y",
        " {\"id\":\"b\",\"id\":\"c\"}"
      })
  void anythingElseMakesTheLineABadRow(String rest) throws IOException {
    String file = write("bad.jsonl", bytes(row("a") + rest + "\n" + row("b")));
    assertThat(problems(inputs(file))).hasSize(1).allMatch(p -> p.startsWith(file + ":1: no JSON"));
    Inputs inputs = inputs(file);
    inputs.next();
    assertThat(read(inputs)).containsExactly(file + ":2 b");
  }

  @Test
  void linesMayEndAsOnOldMacsAndBeginWithAByteOrderMark() throws IOException {
    String file =
        write(
            "mac.jsonl", bytes("\uFEFF" + row("a") + "\r" + row("b") + "\r\r\n" + row("c") + "\r"));
    assertThat(read(inputs(file))).containsExactly(file + ":1 a", file + ":2 b", file + ":4 c");
    assertThat(read(inputs(write("mark.jsonl", bytes("\uFEFF"))))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          {"id":"\\ud83d","text":"t"}                   | id
          {"id":"b","text":"\\ud83d"}                   | text
          {"id":"b","title":"\\ud83d","text":"t"}       | title
          {"id":"b","text":"t","other":"\\ud83d"}       | other
          {"id":"b","text":"t","z":{"other":"\\ud83d"}} | z.other
          {"id":"b","text":"t","\\ud83d":1}             | ' : a name'
          {"id":"b","text":"t","z":{"\\udc00":{}}}      | 'z. : a name'
          """)
  void textThatIsNoUnicodeMakesItsRowBad(String bad, String field) throws IOException {
    String file = write("half.jsonl", bytes(row("a") + "\n" + bad + "\n" + row("c")));
    assertThat(problems(inputs(file)))
        .singleElement()
        .asString()
        .startsWith(file + ":2: " + field)
        .endsWith("must not hold half a surrogate pair");
  }

  @Test
  void folderGivesLinesTooAndSaysWhatItLeavesOut() throws IOException {
    Path folder = Files.createDirectories(directory.resolve("mixed"));
    for (String inside : List.of("AA", ".git", "node_modules/x", "sub/.hidden")) {
      Path made = Files.createDirectories(folder.resolve(inside));
      Files.writeString(made.resolve("wiki_00"), row(inside));
    }
    Files.writeString(folder.resolve("b.ndjson"), row("b"));
    Files.writeString(folder.resolve("c.TXT"), "Text.");
    Files.writeString(folder.resolve("d.markdown"), "Setext\n======\n");
    Files.writeString(folder.resolve("e.pdf"), "%PDF");
    Files.writeString(folder.resolve(".f.txt"), "Text.");
    Inputs inputs = inputs(folder.toString());
    assertThat(inputs.leftOut())
        .singleElement()
        .asString()
        .startsWith(folder + ": left out 2 files, for instance ")
        .contains("3 folders: ", ".git", "node_modules", "sub/.hidden");
    assertThat(read(inputs))
        .extracting(r -> r.substring(r.indexOf(' ') + 1))
        .containsExactly("AA", "b", "c.TXT", "d.markdown");
    assertThat(read(inputs(folder.resolve(".git").toString()))).hasSize(1);
  }

  private String write(String name, byte[] content) throws IOException {
    return Files.write(directory.resolve(name), content).toString();
  }
}
