package io.realmstream.deploy.cli.learn.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.console.Streams;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.encoder.EmbeddingException;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.version.EncoderTower;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class TrunksTest {
  private static final EncoderTower TOWER = DefaultCheckpoints.minilm().documentTower();

  private final Path folder;
  private final AtomicInteger runs = new AtomicInteger();

  TrunksTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Command
  private static final class Host implements Runnable {
    @Mixin private final Streams streams = new Streams();

    @Override
    public void run() {}
  }

  /** Its output is the length of the text, and 1. */
  private record Text(String text, AtomicInteger runs) implements Trunks.Input {
    @Override
    public Hash128 hash() {
      return Hash128.ofTexts(text);
    }

    @Override
    public float[] embed() throws EmbeddingException {
      runs.incrementAndGet();
      if (text.equals("bad")) {
        throw new EmbeddingException(new IllegalStateException("no direction"));
      }
      return new float[] {text.length(), 1};
    }
  }

  @Test
  void eachTextIsEmbeddedOnce() throws Exception {
    assertThat(of("a", "bb", "a")).containsExactly(row(1), row(2), row(1));
    assertThat(runs).hasValue(2);
    assertThat(of("bb", "ccc")).containsExactly(row(2), row(3));
    assertThat(runs).hasValue(3);
  }

  @Test
  void fileThatBreaksOffIsUsedUpToThere() throws Exception {
    of("a", "bb");
    Path file = file();
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
    assertThat(of("a", "bb")).containsExactly(row(1), row(2));
    assertThat(runs).hasValue(3);
    assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
  }

  @Test
  void anotherTowerHasAnotherFile() throws Exception {
    of("a");
    EncoderTower other = DefaultCheckpoints.e5().documentTower();
    new Trunks(other, folder, streams()).of(List.of(new Text("a", runs)), "texts");
    assertThat(runs).hasValue(2);
  }

  @Test
  void otherFilesAreRefused() throws Exception {
    of("a");
    Files.write(file(), new byte[100]);
    assertThatThrownBy(() -> of("a"))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("is no file of trunk outputs");
  }

  @Test
  void textThatCannotBeEmbeddedIsAFailure() {
    assertThatThrownBy(() -> of("bad"))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("no direction");
  }

  private List<float[]> of(String... texts) throws IOException, InterruptedException {
    return new Trunks(TOWER, folder, streams())
        .of(Stream.of(texts).map(text -> new Text(text, runs)).toList(), "texts");
  }

  private Path file() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findFirst().orElseThrow();
    }
  }

  private static float[] row(int length) {
    return new float[] {length, 1};
  }

  private static Streams streams() {
    Host host = new Host();
    new CommandLine(host);
    return host.streams;
  }
}
