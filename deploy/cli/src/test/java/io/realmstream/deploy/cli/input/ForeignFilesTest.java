package io.realmstream.deploy.cli.input;

import static io.realmstream.deploy.cli.input.ReadInputs.bytes;
import static io.realmstream.deploy.cli.input.ReadInputs.compressed;
import static io.realmstream.deploy.cli.input.ReadInputs.edit;
import static io.realmstream.deploy.cli.input.ReadInputs.inputs;
import static io.realmstream.deploy.cli.input.ReadInputs.problems;
import static io.realmstream.deploy.cli.input.ReadInputs.read;
import static io.realmstream.deploy.cli.input.ReadInputs.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.document.Provenance;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files and streams that are damaged, too large, or not what they say. */
class ForeignFilesTest {
  @TempDir private Path directory = Path.of("unset");

  @Test
  void noByteOfACompressedFileCanBeDamagedInSilence() throws IOException {
    List<String> whole = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      whole.add("n" + i);
      text.append(row("n" + i)).append('\n');
    }
    for (String name : List.of("x.gz", "x.bz2")) {
      byte[] file =
          compressed(
              name,
              bytes(text.substring(0, text.length() / 2)),
              bytes(text.substring(text.length() / 2)));
      for (int at = 0; at < file.length; at++) {
        byte[] damaged = file.clone();
        damaged[at] ^= (byte) (1 << at % 8);
        assertWholeOrSaid(whole, write(name, damaged), "byte " + at);
      }
      for (int length = 0; length < file.length; length += 3) {
        byte[] cut = Arrays.copyOf(file, length);
        // a cut between two members is the end of a whole file
        if (!Arrays.equals(cut, compressed(name, bytes(text.substring(0, text.length() / 2))))) {
          assertWholeOrSaid(whole, write(name, cut), "length " + length);
        }
      }
    }
  }

  @Test
  void aFileThatEndsInItsHeaderIsDamaged() throws IOException {
    for (String name : List.of("x.gz", "x.bz2")) {
      byte[] file = compressed(name, bytes(row("a")));
      for (int length = 3; length <= 10; length++) {
        String cut = write(name, Arrays.copyOf(file, length));
        assertThat(problems(inputs(cut)))
            .singleElement()
            .asString()
            .startsWith(cut + ":1: damaged: ")
            .doesNotContain("null");
      }
    }
  }

  @Test
  void whatComesBehindADamagedFileIsRead() throws IOException {
    byte[] file = compressed("x.gz", bytes(row("a") + "\n" + row("b") + "\n"));
    String damaged = write("x.gz", Arrays.copyOf(file, file.length - 8));
    Inputs inputs = inputs(damaged, write("second.jsonl", bytes(row("d") + "\n" + row("e"))));
    inputs.next();
    inputs.next();
    InputRow end = Objects.requireNonNull(inputs.next());
    assertThat(end.position()).hasToString(damaged + ":3");
    assertThat(end.problem()).startsWith("damaged: ").contains("the lines before are kept");
    assertThat(read(inputs))
        .extracting(r -> r.substring(r.length() - 3))
        .containsExactly("1 d", "2 e");
  }

  @Test
  void aFileIsWhatItsFirstBytesSayAndItsNameMustAgree() throws IOException {
    byte[] gzip = compressed("x.gz", bytes(row("a")));
    assertThat(read(inputs(write("plain.jsonl", gzip)))).hasSize(1);
    String plain = write("y.gz", bytes(row("a")));
    assertThat(problems(inputs(plain)))
        .containsExactly(plain + ":1: not compressed with gzip, whatever its name says");
    String empty = write("z.bz2", new byte[0]);
    assertThat(problems(inputs(empty)))
        .containsExactly(empty + ":1: empty, whatever its name says");
    String zip = write("z.jsonl", new byte[] {'P', 'K', 3, 4, 0, 0});
    assertThat(problems(inputs(zip)).get(0)).contains("compressed with zip, which is not read");
  }

  @Test
  void aStreamIsReadOnce() throws Exception {
    Path pipe = directory.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThatThrownBy(() -> inputs(pipe.toString(), pipe.toString()))
        .isInstanceOf(CommandFailure.class)
        .hasMessage(pipe + " is a stream that can be read only once");
    assertThatThrownBy(() -> inputs("-", "-")).isInstanceOf(CommandFailure.class);
    CompletableFuture<Path> writer =
        CompletableFuture.supplyAsync(() -> fill(pipe), work -> new Thread(work, "writer").start());
    Inputs inputs = inputs(pipe.toString());
    assertThat(inputs.bytesTotal()).isZero();
    assertThat(read(inputs)).containsExactly(pipe + ":1 piped");
    writer.join();

    Path note = directory.resolve("note.txt");
    assertThat(new ProcessBuilder("mkfifo", note.toString()).start().waitFor()).isZero();
    writer =
        CompletableFuture.supplyAsync(() -> fill(note), work -> new Thread(work, "writer").start());
    assertThat(edit(inputs(note.toString()).next()).text()).isEqualTo(row("piped"));
    writer.join();
  }

  @Test
  void aTextFileThatIsTooLargeIsNamedAndNotRead() throws IOException {
    Path folder = Files.createDirectory(directory.resolve("large"));
    try (RandomAccessFile large = new RandomAccessFile(folder.resolve("a.txt").toFile(), "rw")) {
      large.setLength(8L << 30);
    }
    Files.writeString(folder.resolve("b.txt"), "Text.");
    Inputs inputs = inputs(folder.toString());
    assertThat(Objects.requireNonNull(inputs.next()).problem())
        .isEqualTo("a document of 8,589,934,592 bytes or more; the limit is 4,194,304");
    assertThat(edit(inputs.next()).id()).isEqualTo("b.txt");
  }

  @Test
  void whatNoIdCanBeIsABadRow() throws IOException {
    Path folder = directory.resolve("deep/" + "d".repeat(250) + "/" + "e".repeat(250));
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("a".repeat(100) + ".txt"), "Text.");
    assertThat(problems(inputs(directory.resolve("deep").toString())))
        .singleElement()
        .asString()
        .endsWith("id: must be 1 to 512 UTF-8 bytes long (is 606)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "[{\"id\":\"a\",\"text\":\"t\"},|a JSON array",
        "{|pretty-printed JSON",
        "<doc id=\"1\">|WikiExtractor's XML",
        "id,text,title|CSV",
        "\"id\",\"text\"|CSV",
      })
  void theFirstLineTellsWhatAFileIs(String line, String what) throws IOException {
    String file = write("other.jsonl", bytes(line + "\n"));
    assertThat(problems(inputs(file)).get(0)).contains("looks like " + what);
    String tsv = write("other.jsonl", bytes("id\ttext\n"));
    assertThat(problems(inputs(tsv)).get(0)).contains("looks like TSV: `load --format tsv`");
    String wide = write("other.jsonl", bytes("a,".repeat(5_000) + "a\n"));
    assertThat(problems(inputs(wide)).get(0)).contains("looks like CSV");
    String binary = write("other.jsonl", new byte[] {'a', '\t', 4, '\t', (byte) 0xff});
    assertThat(problems(inputs(binary)).get(0)).doesNotContain("looks like");
  }

  @Test
  void columnsUnderAHeaderArePassages() throws IOException {
    String file =
        write(
            "p.tsv",
            bytes("\uFEFFid\ttext\ttitle\n1\t\"He said \"\"no\"\".\"\tA\n2\tshort\n3\tb\tB\r\n"));
    Inputs inputs = tsv(file);
    assertThat(edit(inputs.next()))
        .isEqualTo(
            new DocumentEdit(
                "1", null, EditKind.UPSERT, "A", "He said \"no\".", false, null, Provenance.NONE));
    assertThat(Objects.requireNonNull(inputs.next()).problem())
        .isEqualTo("2 columns, where the header has 3: [id, text, title]");
    assertThat(edit(inputs.next()).title()).isEqualTo("B");
    String without = write("q.tsv", bytes("1\ttext\tA\n"));
    assertThat(Objects.requireNonNull(tsv(without).next()).problem())
        .isEqualTo("no header with a column id, tabs between the names, but [1, text, A]");
  }

  private static Path fill(Path pipe) {
    try {
      return Files.writeString(pipe, row("piped"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertWholeOrSaid(List<String> whole, String file, String damage)
      throws IOException {
    List<String> ids = new ArrayList<>();
    boolean said = false;
    try (Inputs inputs = inputs(file)) {
      for (InputRow row = inputs.next(); row != null; row = inputs.next()) {
        said |= row.edit() == null;
        if (row.edit() != null) {
          ids.add(row.edit().id());
        }
      }
    }
    if (!said) {
      assertThat(ids).as(file + ", " + damage).isEqualTo(whole);
    }
  }

  private static Inputs tsv(String file) {
    return Inputs.of(
        List.of(file), DocumentFormat.TSV, RowFields.OF_FORMAT, InputStream.nullInputStream());
  }

  private String write(String name, byte[] content) throws IOException {
    return Files.write(directory.resolve(name), content).toString();
  }
}
