package io.realmstream.model.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AllowedSourcesTest {
  private final Path directory;

  AllowedSourcesTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void fileUnderAnAllowedFolderIsOpened() throws Exception {
    Path allowed = Files.createDirectory(directory.resolve("allowed"));
    Path file = Files.writeString(allowed.resolve("model"), "bytes");

    try (InputStream in = under(allowed).open(file.toUri())) {
      assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo("bytes");
    }
  }

  @Test
  void fileBesideTheFolderIsRefusedEvenThroughDotsALinkOrALikeName() throws Exception {
    Path allowed = Files.createDirectory(directory.resolve("allowed"));
    Path outside = Files.writeString(directory.resolve("secret"), "bytes");
    Path alike = Files.createDirectory(directory.resolve("allowed-not"));
    Path link = Files.createSymbolicLink(allowed.resolve("link"), outside);
    Files.writeString(alike.resolve("model"), "bytes");

    assertRefused(under(allowed), outside.toUri());
    assertRefused(under(allowed), URI.create(allowed.toUri() + "../secret"));
    assertRefused(under(allowed), link.toUri());
    assertRefused(under(allowed), alike.resolve("model").toUri());
  }

  @Test
  void anotherSchemeIsRefusedWithTheListThatDecides() throws Exception {
    assertRefused(under(directory), URI.create("classpath:a/b.onnx"));
    assertRefused(under(directory), URI.create("https://example.org/model.onnx"));
  }

  private static void assertRefused(PartOpener sources, URI uri) {
    assertThatThrownBy(() -> sources.open(uri).close())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is not from an allowed source");
  }

  private static PartOpener under(Path folder) {
    return new AllowedSources(
        List.of(folder.toUri().toString()),
        PartOpener.local(AllowedSourcesTest.class.getClassLoader()));
  }
}
