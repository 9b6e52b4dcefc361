package io.realmstream.jobs.learner.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.schemas.version.Part;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeadFolderTest {
  private static final byte[] HEAD = {1, 2, 3};

  @TempDir private Path directory = Path.of("unset");

  @Test
  void aHeadIsWrittenOnceUnderItsDigest() throws Exception {
    HeadFolder folder = new HeadFolder(directory.resolve("learned").toString());
    Part part = folder.part(HEAD);
    Path file = Path.of(URI.create(part.uri()));
    assertThat(file).doesNotExist();
    folder.write(HEAD);
    folder.write(HEAD);

    assertThat(file).hasBinaryContent(HEAD);
    // of the bytes 1, 2, 3, by sha256sum
    assertThat(part.sha256())
        .isEqualTo("039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81");
    try (Stream<Path> files = Files.list(directory.resolve("learned"))) {
      assertThat(files).containsExactly(file);
    }
    folder.write(new byte[] {4});
    assertThat(file).hasBinaryContent(HEAD);
  }

  @Test
  void aFolderThatCannotBeMadeFailsWithItsName() throws Exception {
    Path taken = Files.writeString(directory.resolve("taken"), "a file");
    assertThatThrownBy(() -> new HeadFolder(taken.toString()).write(HEAD))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("taken");
  }
}
